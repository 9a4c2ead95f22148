// codebook.c - clauses to patterns, by Bede's own parser.
//
//   S imposes {sanctions} on T
//   → "Norway imposes sanctions on Chile ."      parsed
//   → the frame of its root                       (event/predicate.h)
//   → impose/v SUBJ=S OBJ={sanction} on=T         the pattern
// SPDX-License-Identifier: Apache-2.0
#include "compile/codebook.h"
#include "event/predicate.h"
#include "model/table.h"
#include "parse/parse.h"
#include "split/split.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { MARK_LIMIT = 12, VERSIONS = 5, LEMMA_BYTES = 64 };

// A word of the clause that is more than itself, by its place in the text.
typedef struct Mark Mark;
struct Mark {
  uint32_t begin, end;
  uint8_t filler;
  Str class_name; // FILL_WORD of a class
  bool used;
};

typedef struct Built Built; // a pattern while it is made
struct Built {
  Pattern pattern;
  PatternItem items[PATTERN_ITEMS];
  Str words[PATTERN_ITEMS + 1]; // 0 the anchor: class name or lemma
  bool is_class[PATTERN_ITEMS + 1];
  Str preps[PATTERN_ITEMS + 1];
  uint32_t count;
  bool overflow;
};

typedef struct Class Class;
struct Class {
  Str name;
  Array(Str) lemmas;
};

typedef struct Nominal Nominal;
struct Nominal {
  Str verb, noun;
  uint32_t preps[ITEM_PREPS];
};

typedef struct Compiler Compiler;
struct Compiler {
  const char *folder;
  const BedeModel *model;
  ImageWriter *writer;
  CodebookSource *source;
  Parser *parser;
  Arena arena;
  Array(Class) classes;
  uint32_t named_classes; // the first ones; single words follow
  Array(Nominal) nominals;
  Array(Pattern) patterns;
  Array(PatternItem) items;
  Array(Built) built;
  Out text;
};

// ---- classes, nominals, CAMEO

static Class *class_named(Compiler *c, Str name, uint32_t *number) {
  for (uint32_t i = 0; i < c->named_classes; i++)
    if (str_equal(c->classes.items[i].name, name)) {
      *number = i;
      return &c->classes.items[i];
    }
  return NULL;
}

static uint32_t class_of_word(Compiler *c, Str lemma) {
  for (uint32_t i = c->named_classes; i < c->classes.count; i++)
    if (str_equal(c->classes.items[i].name, lemma))
      return i;
  Class own = {.name = arena_str(&c->arena, lemma)};
  array_push(&c->arena, &own.lemmas, own.name);
  array_push(&c->arena, &c->classes, own);
  return c->classes.count - 1;
}

static BedeStatus read_classes(Compiler *c, const char *file, BedeError *err) {
  char name[300];
  snprintf(name, sizeof name, "codebook/%s", file);
  Table t;
  BedeStatus st = table_open(c->folder, name, &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    Str rest = str_trim(t.whole), own = str_trim(str_cut(&rest, '='));
    uint32_t number;
    Class fresh = {.name = arena_str(&c->arena, own)}, *k = class_named(c, own, &number);
    if (!rest.len || !own.len) {
      st = table_fail(&t, err, "a class is \"name = word word …\"");
      break;
    }
    bool found = false;
    for (rest = str_trim(rest); rest.len; rest = str_trim(rest)) {
      Str word = arena_str(&c->arena, str_cut(&rest, ' '));
      found |= str_equal(word, own);
      if (!k) {
        array_push(&c->arena, &fresh.lemmas, word);
        continue;
      }
      bool there = false; // named in two files: the classes are joined
      for (uint32_t i = 0; i < k->lemmas.count; i++)
        there |= str_equal(k->lemmas.items[i], word);
      if (!there)
        array_push(&c->arena, &k->lemmas, word);
    }
    Class *filled = k ? k : &fresh; // predicate_lemma() has "arm" for "arms"
    for (uint32_t i = 0, n = filled->lemmas.count; i < n; i++) {
      Str word = filled->lemmas.items[i];
      if (word.len > 3 && str_ends(word, STR("s")) && !str_ends(word, STR("ss")))
        array_push(&c->arena, &filled->lemmas, ((Str){word.at, word.len - 1}));
    }
    if (!found)
      st = table_fail(&t, err, "the class %.*s does not hold the word that names it", STR_ARG(own));
    else if (!k)
      array_push(&c->arena, &c->classes, fresh);
    c->named_classes = c->classes.count;
  }
  table_close(&t);
  return st;
}

static BedeStatus read_nominals(Compiler *c, BedeError *err) {
  Table t;
  BedeStatus st = table_open(c->folder, "codebook/nominals.tsv", &t, err);
  if (st)
    return st;
  while (!st && table_next(&t)) {
    if (t.count < 2 || !t.fields[1].len) {
      st = table_fail(&t, err, "needs a verb, a noun and prepositions");
      break;
    }
    Nominal n = {.verb = arena_str(&c->arena, t.fields[0]), .noun = arena_str(&c->arena, t.fields[1])};
    Str rest = t.fields[2];
    for (uint32_t i = 0; rest.len && i < ITEM_PREPS; i++)
      n.preps[i] = prep_hash(str_cut(&rest, '|'));
    array_push(&c->arena, &c->nominals, n);
  }
  table_close(&t);
  return st;
}

// ---- clauses to text with marks

// A state, an office, a body, a person: the places of a clause are filled with
// each in turn.
static const char *const sources[VERSIONS] = {"Norway", "The minister", "The government", "He", "Anderson"};
static const char *const targets[VERSIONS] = {"Chile", "the president", "the army", "NATO", "Martinez"};

static bool is_word(const char *list[], size_t count, Str word) {
  for (size_t i = 0; i < count; i++)
    if (str_equal_fold(word, str_of(list[i])))
      return true;
  return false;
}

// The form of a verb that can stand behind the word before it.
static const char *event_form(Str before) {
  static const char *infinitive[] = {"to", "will", "would", "should", "must", "may", "can", "could", "let", "help"};
  if (is_word(infinitive, COUNT(infinitive), before))
    return "attack";
  if (str_equal(before, STR("T")) || str_equal(before, STR("S")) || str_equal(before, STR("that")))
    return "attacks";
  return "attacking";
}

static BedeStatus lay_out(Compiler *c, const Table *t, Str clause, int version,
                          Mark *marks, uint32_t *count, BedeError *err) {
  out_reset(&c->text);
  *count = 0;
  Str rest = clause, before = {"", 0};
  while (rest.len) {
    Str word = str_cut(&rest, ' ');
    if (!word.len)
      continue;
    if (*count == MARK_LIMIT)
      return table_fail(t, err, "the clause is too long");
    if (c->text.len)
      out_char(&c->text, ' ');
    Mark m = {.begin = (uint32_t)c->text.len, .filler = UINT8_MAX};
    Str possessive = {"", 0};
    if (str_ends(word, STR("'s")))
      possessive = STR("'s"), word.len -= 2;
    if (str_equal(word, STR("S")) || str_equal(word, STR("T"))) {
      m.filler = word.at[0] == 'S' ? FILL_S : FILL_T;
      const char *actor = word.at[0] == 'S' ? sources[version] : targets[version];
      if (!strcmp(actor, "He") && (possessive.len || c->text.len))
        actor = "Anderson";
      out_text(&c->text, actor);
    } else if (str_equal(word, STR("[E]"))) {
      m.filler = FILL_EVENT;
      out_text(&c->text, event_form(before));
    } else if (str_equal(word, STR("[N]"))) {
      m.filler = FILL_NOUN;
      out_text(&c->text, "the action");
    } else if (str_equal(word, STR("something"))) {
      m.filler = FILL_ANY;
      out_text(&c->text, "the measures");
    } else if (word.at[0] == '{' && word.at[word.len - 1] == '}') {
      m.filler = FILL_WORD;
      m.class_name = (Str){word.at + 1, word.len - 2};
      for (size_t i = 0; i < m.class_name.len; i++)
        out_char(&c->text, m.class_name.at[i] == '_' ? ' ' : m.class_name.at[i]);
    } else {
      out_str(&c->text, word);
    }
    m.end = (uint32_t)c->text.len;
    out_str(&c->text, possessive);
    if (m.filler != UINT8_MAX)
      marks[(*count)++] = m;
    before = word;
  }
  out_text(&c->text, " .");
  return BEDE_OK;
}

// ---- trees to patterns

static Mark *mark_at(const BedeDoc *doc, uint32_t token, Mark *marks, uint32_t count) {
  Span s = doc->tokens.items[token].span;
  for (uint32_t i = 0; i < count; i++)
    if (s.begin < marks[i].end && s.end > marks[i].begin)
      return &marks[i];
  return NULL;
}

// Finds the class of a word of the clause; false: a class that is not there.
static bool word_class(Compiler *c, Tree *tree, uint32_t token, const Mark *mark, Built *b, uint32_t slot, uint32_t *number) {
  char buffer[LEMMA_BYTES];
  Str lemma = predicate_lemma(tree, token, buffer, sizeof buffer);
  if (mark && mark->filler == FILL_WORD) {
    Class *k = class_named(c, lemma, number);
    if (!k)
      k = class_named(c, mark->class_name, number);
    for (uint32_t i = 0; !k && i < c->named_classes; i++) // the lemma was missed: "{talks}" is talk
      if (mark->class_name.len > c->classes.items[i].name.len &&
          mark->class_name.len <= c->classes.items[i].name.len + 3 &&
          str_starts(mark->class_name, c->classes.items[i].name)) {
        k = &c->classes.items[i];
        *number = i;
      }
    if (!k)
      return false;
    b->words[slot] = k->name;
    b->is_class[slot] = true;
    return true;
  }
  // a modal stands for its class, if there is one: "will", "would", "shall"
  Class *modal = tree->doc->tokens.items[token].deprel == DEPREL_AUX ? class_named(c, lemma, number) : NULL;
  if (!modal)
    *number = class_of_word(c, lemma);
  b->words[slot] = c->classes.items[*number].name;
  b->is_class[slot] = modal != NULL;
  return true;
}

static bool push(Built *b, PatternItem item, Str prep) {
  if (b->count == PATTERN_ITEMS) {
    b->overflow = true;
    return false;
  }
  b->preps[b->count + 1] = prep;
  b->items[b->count++] = item;
  return true;
}

static const char *visit(Compiler *c, Tree *tree, uint32_t token, uint8_t parent, Mark *marks, uint32_t mark_count, Built *b);

static Str prep_words(Compiler *c, Tree *tree, uint32_t token) {
  Out out = {0};
  for (uint32_t k = tree->child[token - tree->first]; k != NONE; k = tree->sibling[k - tree->first]) {
    const Token *t = &tree->doc->tokens.items[k];
    if ((t->deprel == DEPREL_CASE || t->deprel == DEPREL_MARK) && !word_is(tree->doc, k, "'s")) {
      if (out.len)
        out_char(&out, '_');
      out_str(&out, doc_word(tree->doc, k));
    }
  }
  Str s = arena_str(&c->arena, (Str){out.at, out.len});
  out_free(&out);
  return s;
}

// One argument of the word that item `parent` (0: the anchor) stands for.
static const char *visit_arg(Compiler *c, Tree *tree, Arg a, uint8_t parent, Mark *marks, uint32_t mark_count, Built *b) {
  BedeDoc *doc = tree->doc;
  const Token *t = &doc->tokens.items[a.token];
  Mark *m = mark_at(doc, a.token, marks, mark_count);
  PatternItem item = {.role = a.role, .parent = parent};
  if (a.role == ROLE_PREP || a.role == ROLE_COMP)
    item.preps[0] = a.prep;
  Str prep = a.role == ROLE_PREP || a.role == ROLE_COMP ? prep_words(c, tree, a.token) : (Str){"", 0};
  item.infinitive = a.role == ROLE_COMP && str_equal(prep, STR("to"));
  if (m && m->filler != FILL_WORD) {
    if (m->filler == FILL_S) {
      bool again = m->used;
      for (uint32_t i = 0; i < b->count; i++)
        again |= b->items[i].filler == FILL_S;
      item.filler = again ? FILL_SAME : FILL_S;
    } else {
      item.filler = m->filler;
    }
    m->used = true;
    if (!push(b, item, prep))
      return NULL;
    uint8_t self = (uint8_t)b->count;
    for (uint32_t k = tree->child[a.token - tree->first]; k != NONE; k = tree->sibling[k - tree->first]) {
      Mark *other = mark_at(doc, k, marks, mark_count);
      if (doc->tokens.items[k].deprel == DEPREL_CONJ && other && other->filler == FILL_T && m->filler == FILL_S) {
        other->used = true; // "between S and T"
        b->pattern.flags |= PATTERN_BETWEEN | PATTERN_MUTUAL;
      }
    }
    // a phrase that the parser hung on an actor ("accuses Chile of …") is the
    // clause's own
    bool actor = item.filler == FILL_S || item.filler == FILL_T || item.filler == FILL_SAME;
    return visit(c, tree, a.token, actor ? parent : self, marks, mark_count, b);
  }
  // plain adjectives and adverbs that modify are not part of the pattern,
  // except compounds ("tear gas"), "no longer" and the like
  if (a.modifier && t->deprel == DEPREL_AMOD && !m)
    return NULL;
  item.filler = FILL_WORD;
  if (!push(b, item, prep))
    return NULL;
  uint8_t self = (uint8_t)b->count;
  if (!word_class(c, tree, a.token, m, b, self, &b->items[self - 1].class_number))
    return "a class in braces that no classes file has";
  if (m)
    m->used = true;
  return visit(c, tree, a.token, self, marks, mark_count, b);
}

static const char *visit(Compiler *c, Tree *tree, uint32_t token, uint8_t parent, Mark *marks, uint32_t mark_count, Built *b) {
  const Predicate *f = predicate_of(tree, token);
  uint32_t count = f->count, first = f->first;
  for (uint32_t i = 0; i < count; i++) {
    Arg a = tree->args.items[first + i];
    if (a.inherited)
      continue;
    const char *bad = visit_arg(c, tree, a, parent, marks, mark_count, b);
    if (bad)
      return bad;
  }
  return NULL;
}

static void print_items(const Built *b, Out *out) {
  static const char *const fillers[] = {"", "*", "S", "T", "S", "[E]", "[N]"};
  static const char *const roles[] = {"subj", "obj", "", "comp", "adv"};
  out_print(out, b->is_class[0] ? "{%.*s}/%c" : "%.*s/%c", STR_ARG(b->words[0]), b->pattern.pos);
  if (b->pattern.flags & PATTERN_PASSIVE)
    out_text(out, " passive");
  for (uint32_t i = 0; i < b->count; i++) {
    const PatternItem *k = &b->items[i];
    out_char(out, ' ');
    if (k->parent)
      out_print(out, "%u.", k->parent);
    if (k->role == ROLE_COMP && b->preps[i + 1].len)
      out_print(out, "comp:");
    if (b->preps[i + 1].len)
      out_str(out, b->preps[i + 1]);
    else
      out_text(out, roles[k->role]);
    out_char(out, '=');
    if (k->filler == FILL_WORD)
      out_print(out, b->is_class[i + 1] ? "{%.*s}" : "%.*s", STR_ARG(b->words[i + 1]));
    else
      out_text(out, fillers[k->filler]);
  }
}

static void print_tree(const BedeDoc *doc, Out *out) {
  for (uint32_t i = 0; i < doc->tokens.count; i++) {
    const Token *t = &doc->tokens.items[i];
    out_print(out, "%s%.*s/%s(%s)", i ? " " : "", STR_ARG(doc_word(doc, i)), upos_names[t->upos], deprel_names[t->deprel]);
    if (t->head != i)
      out_print(out, "<-%.*s", STR_ARG(doc_word(doc, t->head)));
  }
}

// Parses one version of a clause. complaint: why it is no pattern, or NULL.
static BedeStatus try_version(Compiler *c, const Table *t, Str clause, int version, Built *b, Out *printed, Out *tree_text,
                              const char **complaint, BedeError *err) {
  Mark marks[MARK_LIMIT];
  uint32_t mark_count;
  *complaint = NULL;
  memset(b, 0, sizeof *b);
  BedeStatus st = lay_out(c, t, clause, version, marks, &mark_count, err);
  if (st)
    return st;
  BedeDoc *doc = doc_new();
  doc->text = arena_str(&doc->arena, (Str){c->text.at, c->text.len});
  split_sentences(doc, c->model);
  parse_document(c->parser, doc);
  print_tree(doc, tree_text);
  if (doc->sentences.count != 1) {
    *complaint = "is more than one sentence";
  } else {
    Tree tree = tree_of(doc, c->model, 0);
    uint32_t root = 0;
    while (doc->tokens.items[root].head != root)
      root++;
    Mark *m = mark_at(doc, root, marks, mark_count);
    uint8_t upos = doc->tokens.items[root].upos;
    b->pattern.pos = upos == UPOS_VERB || upos == UPOS_AUX ? 'v' : upos == UPOS_NOUN || upos == UPOS_PROPN ? 'n' : 'a';
    if (m && m->filler != FILL_WORD)
      *complaint = "has one of its places at the top of the tree";
    else if (!word_class(c, &tree, root, m, b, 0, &b->pattern.anchor_class))
      *complaint = "a class in braces that no classes file has";
    else
      *complaint = visit(c, &tree, root, 0, marks, mark_count, b);
    if (b->pattern.pos == 'v' && predicate_of(&tree, root)->passive)
      b->pattern.flags |= PATTERN_PASSIVE;
    if (m)
      m->used = true;
    for (uint32_t i = 0; !*complaint && i < mark_count; i++)
      if (!marks[i].used && !mark_at(doc, root, &marks[i], 1))
        *complaint = "the parser does not hang all of its places on the verb";
    if (!*complaint && b->overflow)
      *complaint = "has too many parts";
    if (!*complaint && !b->count)
      *complaint = "has no place for an actor";
    print_items(b, printed);
  }
  doc_free(doc);
  return BEDE_OK;
}

// `tree meet/v subj=S with=T obj={talks} 1.of=T`: the structure by hand.
static const char *by_hand(Compiler *c, Str text, Built *b) {
  memset(b, 0, sizeof *b);
  text = str_trim(text);
  Str anchor = str_cut(&text, ' '), lemma = str_cut(&anchor, '/');
  if (anchor.len != 1 || !memchr("vna", anchor.at[0], 3))
    return "`tree` begins with lemma/v, /n or /a";
  b->pattern.pos = anchor.at[0];
  for (uint32_t slot = 0;; slot++) {
    Str word = lemma;
    if (slot) {
      text = str_trim(text);
      if (!text.len)
        break;
      Str part = str_cut(&text, ' '), role = str_cut(&part, '=');
      PatternItem item = {0};
      if (role.len > 2 && role.at[1] == '.' && role.at[0] >= '1' && role.at[0] <= '7') {
        item.parent = (uint8_t)(role.at[0] - '0');
        role = (Str){role.at + 2, role.len - 2};
      }
      if (item.parent >= slot)
        return "an item of `tree` hangs on one behind it";
      item.role = str_equal(role, STR("subj")) ? ROLE_SUBJ : str_equal(role, STR("obj")) ? ROLE_OBJ
                  : str_equal(role, STR("adv")) ? ROLE_ADV
                  : str_starts(role, STR("comp")) ? ROLE_COMP : ROLE_PREP;
      if (str_starts(role, STR("comp:")))
        role = (Str){role.at + 5, role.len - 5};
      else if (item.role != ROLE_PREP)
        role.len = 0;
      item.infinitive = item.role == ROLE_COMP && str_equal(role, STR("to")); // "to" of an infinitive is no preposition
      if (role.len && !item.infinitive)
        item.preps[0] = prep_hash(role);
      item.filler = str_equal(part, STR("S")) ? FILL_S : str_equal(part, STR("T")) ? FILL_T
                    : str_equal(part, STR("[E]")) ? FILL_EVENT : str_equal(part, STR("[N]")) ? FILL_NOUN
                    : str_equal(part, STR("*")) ? FILL_ANY : FILL_WORD;
      if (!part.len || !push(b, item, arena_str(&c->arena, role)))
        return "an item of `tree` is role=filler, eight at the most";
      if (item.filler != FILL_WORD)
        continue;
      word = part;
    }
    uint32_t *number = slot ? &b->items[slot - 1].class_number : &b->pattern.anchor_class;
    if (word.len > 2 && word.at[0] == '{') {
      word = (Str){word.at + 1, word.len - 2};
      if (!class_named(c, word, number))
        return "a class in braces that no classes file has";
      b->is_class[slot] = true;
    } else {
      *number = class_of_word(c, word);
    }
    b->words[slot] = arena_str(&c->arena, word);
  }
  return NULL;
}

// ---- entries

static void warn(Compiler *c, const Table *t, uint32_t line, const char *format, ...) __attribute__((format(printf, 4, 5)));
static void warn(Compiler *c, const Table *t, uint32_t line, const char *format, ...) {
  if (!c->source)
    return;
  char message[2000];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  array_push(&c->source->arena, &c->source->warnings,
             arena_print(&c->source->arena, "%s:%u: %s", t->path, line, message));
}

static Name32 rule_name(Compiler *c, Str file, const Built *b) {
  Out out = {0};
  out_print(&out, "%.*s/%.*s", STR_ARG(file), STR_ARG(b->words[0]));
  for (uint32_t i = 0; i < b->count; i++) {
    if (b->items[i].role == ROLE_PREP && b->preps[i + 1].len)
      out_print(&out, ".%.*s", STR_ARG(b->preps[i + 1]));
    if (b->items[i].filler == FILL_WORD)
      out_print(&out, ".%.*s", STR_ARG(b->words[i + 1]));
    if (b->items[i].filler == FILL_EVENT || b->items[i].filler == FILL_NOUN)
      out_text(&out, b->items[i].filler == FILL_EVENT ? ".[E]" : ".[N]");
  }
  if (b->pattern.flags & PATTERN_NOMINAL)
    out_text(&out, "(noun)");
  Name32 name = image_add_string(c->writer, (Str){out.at, out.len});
  out_free(&out);
  return name;
}

static void add_pattern(Compiler *c, Str file, Built *b, Entry *entry) {
  b->pattern.first = c->items.count;
  b->pattern.count = b->count;
  b->pattern.rule = rule_name(c, file, b);
  for (uint32_t i = 0; i < b->count; i++)
    array_push(&c->arena, &c->items, b->items[i]);
  array_push(&c->arena, &c->patterns, b->pattern);
  array_push(&c->arena, &c->built, *b);
  if (c->source)
    array_push(&c->source->arena, &entry->patterns, c->patterns.count - 1);
}

// "S attacks T" also gives "S's attack on T": plain verbs only.
static void add_nominals(Compiler *c, Str file, const Built *verb, Entry *entry) {
  if (verb->pattern.pos != 'v')
    return;
  for (uint32_t i = 0; i < verb->count; i++)
    if (verb->items[i].filler != FILL_S && verb->items[i].filler != FILL_T)
      return;
  const Class *k = &c->classes.items[verb->pattern.anchor_class];
  Array(Str) lemmas = {0}; // the classes may move when a word is added
  for (uint32_t i = 0; i < k->lemmas.count; i++)
    array_push(&c->arena, &lemmas, k->lemmas.items[i]);
  for (uint32_t l = 0; l < lemmas.count; l++)
    for (uint32_t n = 0; n < c->nominals.count; n++) {
      const Nominal *nominal = &c->nominals.items[n];
      if (!str_equal(nominal->verb, lemmas.items[l]))
        continue;
      Built b = *verb;
      b.pattern.pos = 'n';
      b.pattern.flags |= PATTERN_NOMINAL;
      b.pattern.anchor_class = class_of_word(c, nominal->noun);
      b.words[0] = nominal->noun;
      b.is_class[0] = false;
      for (uint32_t i = 0; i < b.count; i++)
        if (b.items[i].role == ROLE_OBJ) {
          b.items[i].role = ROLE_PREP;
          memcpy(b.items[i].preps, nominal->preps, sizeof nominal->preps);
        }
      add_pattern(c, file, &b, entry);
    }
}

typedef struct Attributes Attributes;
struct Attributes {
  Name32 cameo, mode, context;
  Str cameo_text, mode_text, tree, contexts;
  float goldstein;
  bool has_goldstein, has_e;
  uint16_t flags, e_types;
  uint8_t e_status;
};

static BedeStatus read_attributes(Compiler *c, const Table *t, Str line, Attributes *a, BedeError *err) {
  line = str_trim(line);
  while (line.len) {
    Str word = str_cut(&line, ' ');
    if (!word.len)
      continue;
    if (str_equal(word, STR("tree"))) {
      a->tree = arena_str(&c->arena, line);
      return BEDE_OK;
    }
    line = str_trim(line);
    if (str_equal(word, STR("mutual"))) {
      a->flags |= PATTERN_MUTUAL;
    } else if (str_equal(word, STR("quiet"))) {
      a->flags |= PATTERN_QUIET;
    } else if (str_equal(word, STR("not"))) {
      a->flags |= PATTERN_NOT;
    } else if (str_equal(word, STR("implied"))) {
      a->flags |= PATTERN_IMPLIED | PATTERN_MUTUAL;
    } else {
      Str value = str_cut(&line, ' ');
      if (!value.len)
        return table_fail(t, err, "the attribute \"%.*s\" has no value", STR_ARG(word));
      if (str_equal(word, STR("cameo"))) {
        a->cameo = image_add_string(c->writer, value);
        a->cameo_text = arena_str(&c->arena, value);
      } else if (str_equal(word, STR("mode"))) {
        a->mode = image_add_string(c->writer, value);
        a->mode_text = arena_str(&c->arena, value);
      } else if (str_equal(word, STR("context"))) {
        a->contexts = a->contexts.len ? arena_print(&c->arena, "%.*s %.*s", STR_ARG(a->contexts), STR_ARG(value))
                                      : arena_str(&c->arena, value);
        a->context = image_add_string(c->writer, a->contexts); // several are parted by blanks
      } else if (str_equal(word, STR("goldstein"))) {
        char number[16];
        snprintf(number, sizeof number, "%.*s", STR_ARG(value));
        a->goldstein = strtof(number, NULL);
        a->has_goldstein = true;
      } else if (str_equal(word, STR("needs"))) {
        a->flags |= value.at[0] == 'T' ? PATTERN_NEEDS_T : PATTERN_NEEDS_S;
      } else if (str_equal(word, STR("of"))) {
        uint32_t type = 0;
        while (type < EVENT_TYPES && !str_equal(value, str_of(event_types[type])))
          type++;
        if (type == EVENT_TYPES)
          return table_fail(t, err, "\"%.*s\" is no type of event", STR_ARG(value));
        a->e_types |= (uint16_t)(1u << type);
      } else if (str_equal(word, STR("E"))) {
        uint32_t s = 0;
        while (s < STATUS_COUNT && !str_equal(value, str_of(status_names[s])))
          s++;
        if (s == STATUS_COUNT)
          return table_fail(t, err, "\"%.*s\" is no status", STR_ARG(value));
        a->e_status = (uint8_t)s;
        a->has_e = true;
      } else {
        return table_fail(t, err, "unknown attribute \"%.*s\"", STR_ARG(word));
      }
    }
    line = str_trim(line);
  }
  return BEDE_OK;
}

static float goldstein_of(Compiler *c, Str cameo, bool *found) {
  const char *value = words_find(&c->model->words, WORDS_CAMEO, cameo);
  *found = value != NULL;
  return value ? strtof(value, NULL) : 0;
}

// A verb whose subject is one of the sides.
static bool is_active(const Built *b) {
  for (uint32_t i = 0; i < b->count && b->pattern.pos == 'v'; i++)
    if (b->items[i].role == ROLE_SUBJ && !b->items[i].parent && (b->items[i].filler == FILL_S || b->items[i].filler == FILL_T))
      return true;
  return false;
}

typedef struct Block Block; // the entry being read
struct Block {
  Array(Str) clauses;
  Array(uint32_t) lines;
  Attributes attributes;
  bool has_attributes, has_example, has_counter;
};

// What `data book` prints of an entry.
static void keep_entry(Compiler *c, const Block *block, Entry *entry) {
  Arena *keep = &c->source->arena;
  const Attributes *a = &block->attributes;
  for (uint32_t i = 0; i < block->clauses.count; i++)
    array_push(keep, &entry->clauses, arena_str(keep, block->clauses.items[i]));
  entry->flags = a->flags;
  entry->e_status = a->has_e ? a->e_status : STATUS_COUNT;
  entry->cameo = arena_str(keep, a->cameo_text);
  entry->mode = arena_str(keep, a->mode_text);
  entry->context = arena_str(keep, a->contexts);
  array_push(keep, &c->source->entries, *entry);
}

static BedeStatus finish(Compiler *c, const Table *t, Str file, bool own, uint8_t type, Block *block, Entry *entry, BedeError *err) {
  if (!block->clauses.count)
    return BEDE_OK;
  BedeStatus st = BEDE_OK;
  Attributes *a = &block->attributes;
  a->flags |= own ? PATTERN_OWN : 0;
  if (entry->own_type.len) {
    if (a->mode_text.len)
      return fail(err, BEDE_SYNTAX, "%s:%u: an entry of a type of one's own has no other mode", t->path, block->lines.items[0]);
    a->mode_text = entry->own_type;
    a->mode = image_add_string(c->writer, a->mode_text);
  }
  if (!block->has_example || !block->has_counter)
    warn(c, t, block->lines.items[0], "the entry needs an example (+) and a counter-example (-)");
  bool known = true;
  float goldstein = a->has_goldstein ? a->goldstein : goldstein_of(c, a->cameo_text, &known);
  if (type < EVENT_TYPES && !(a->flags & (PATTERN_QUIET | PATTERN_NOT)) && (!a->cameo || !known))
    warn(c, t, block->lines.items[0], "the CAMEO code \"%.*s\" is not in words/cameo.txt", STR_ARG(a->cameo_text));
  for (uint32_t i = 0; !st && i < block->clauses.count; i++) {
    Str clause = block->clauses.items[i];
    Built versions[VERSIONS], *chosen = NULL;
    Out printed[VERSIONS] = {{0}}, trees[VERSIONS] = {{0}};
    const char *complaints[VERSIONS] = {0}, *complaint = NULL;
    if (a->tree.len) {
      complaint = by_hand(c, a->tree, &versions[0]);
      if (complaint)
        st = fail(err, BEDE_SYNTAX, "%s:%u: %s", t->path, block->lines.items[i], complaint);
      else
        chosen = &versions[0];
      if (chosen)
        print_items(chosen, &printed[0]);
    } else {
      for (int v = 0; !st && v < VERSIONS; v++)
        st = try_version(c, t, clause, v, &versions[v], &printed[v], &trees[v], &complaints[v], err);
      // The reading that most versions have; one with a verb and its subject
      // counts for four more, since "Norway pardons Chile" may be read as a
      // noun, but a noun is seldom read as a verb that takes all the places.
      enum { LEAST = 2, VERB = 4 };
      int most = LEAST - 1;
      for (int v = 0; !st && v < VERSIONS; v++) {
        int votes = complaints[v] || !is_active(&versions[v]) ? 0 : VERB;
        for (int w = v; w < VERSIONS && !complaints[v]; w++)
          votes += !complaints[w] && !strcmp(printed[v].at, printed[w].at);
        if (votes > most)
          chosen = &versions[v], most = votes;
      }
      if (!st && !chosen) {
        warn(c, t, block->lines.items[i], "the clause \"%.*s\" gives no certain pattern (%s); state its tree", STR_ARG(clause),
             complaints[0] ? complaints[0] : complaints[1] ? complaints[1] : complaints[2] ? complaints[2] : "different ones");
        for (int v = 0; v < VERSIONS; v++)
          warn(c, t, block->lines.items[i], "  %s   from   %s", printed[v].at ? printed[v].at : "", trees[v].at ? trees[v].at : "");
      }
    }
    if (!st && chosen) {
      uint16_t keep = chosen->pattern.flags;
      chosen->pattern.flags = (uint16_t)(keep | a->flags | (a->has_e ? PATTERN_HAS_STATUS : 0));
      chosen->pattern.type = type;
      chosen->pattern.e_status = a->e_status;
      chosen->pattern.e_types = a->e_types;
      chosen->pattern.goldstein = goldstein;
      chosen->pattern.cameo = a->cameo;
      chosen->pattern.mode = a->mode;
      chosen->pattern.context = a->context;
      chosen->pattern.line = block->lines.items[i];
      chosen->pattern.file = image_add_string(c->writer, file);
      chosen->pattern.clause = image_add_string(c->writer, clause);
      Built copy = *chosen;
      add_pattern(c, file, &copy, entry);
      add_nominals(c, file, &copy, entry);
    }
    for (int v = 0; v < VERSIONS; v++) {
      out_free(&printed[v]);
      out_free(&trees[v]);
    }
  }
  if (c->source && !st)
    keep_entry(c, block, entry);
  *block = (Block){0};
  *entry = (Entry){.type = type, .own_type = entry->own_type};
  return st;
}

static uint32_t indent_of(Str line) {
  uint32_t n = 0;
  while (n < line.len && line.at[n] == ' ')
    n++;
  return n;
}

// "SANCTION", or "POACHING of COERCE": a kind of that type, which the mode names.
static BedeStatus read_type(Compiler *c, const Table *t, Str line, bool own, uint8_t *type, Str *own_type, BedeError *err) {
  Str rest = str_trim(line), name = str_cut(&rest, ' '), base = name;
  *own_type = (Str){"", 0};
  rest = str_trim(rest);
  if (rest.len) {
    if (!str_starts(rest, STR("of ")) || !own)
      return table_fail(t, err, "a line is \"type PLOVER-TYPE\" or, in a file of your own, \"type NAME of PLOVER-TYPE\"");
    base = str_trim((Str){rest.at + 3, rest.len - 3});
    char *low = arena_copy(&c->arena, name);
    for (size_t i = 0; i < name.len; i++) {
      if (!((low[i] >= 'A' && low[i] <= 'Z') || (i && (low[i] == '-' || (low[i] >= '0' && low[i] <= '9')))))
        return table_fail(t, err, "\"%.*s\": the name of a type is of capitals, digits and hyphens", STR_ARG(name));
      low[i] = (char)(low[i] >= 'A' && low[i] <= 'Z' ? low[i] + 32 : low[i]);
    }
    *own_type = (Str){low, name.len};
  }
  for (*type = 0; *type < EVENT_TYPES; ++*type)
    if (rest.len && str_equal(name, str_of(event_types[*type])))
      return table_fail(t, err, "%s is PLOVER's own", event_types[*type]);
  for (*type = 0; *type < EVENT_TYPES && !str_equal(base, str_of(event_types[*type]));)
    ++*type;
  return *type < EVENT_TYPES ? BEDE_OK : table_fail(t, err, "\"%.*s\" is no PLOVER type", STR_ARG(base));
}

// folder: that of the knowledge, or NULL where name is the path of a user's file.
static BedeStatus read_entries(Compiler *c, const char *folder, const char *name, BedeError *err) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", folder ? "codebook/" : "", name);
  Table t;
  BedeStatus st = table_open(folder, path, &t, err);
  if (st)
    return st;
  Arena *keep = c->source ? &c->source->arena : &c->arena;
  const char *slash = strrchr(name, '/');
  Str file = str_of(slash ? slash + 1 : name);
  if (str_ends(file, STR(".txt")))
    file.len -= 4;
  file = arena_str(keep, file);
  uint8_t type = EVENT_TYPES;
  Str own_type = {"", 0};
  Block block = {0};
  Entry entry = {.type = type};
  Example *example = NULL;
  while (!st && table_line(&t)) {
    Str line = t.whole, body = str_trim(line);
    if (!body.len || body.at[0] == '#')
      continue;
    uint32_t indent = indent_of(line);
    if (!indent) {
      if (str_starts(body, STR("type "))) {
        if ((st = finish(c, &t, file, !folder, type, &block, &entry, err)))
          break;
        st = read_type(c, &t, (Str){body.at + 5, body.len - 5}, !folder, &type, &own_type, err);
        own_type = arena_str(keep, own_type);
        continue;
      }
      if (block.has_attributes || block.has_example || block.has_counter)
        if ((st = finish(c, &t, file, !folder, type, &block, &entry, err)))
          break;
      if (!block.clauses.count)
        entry = (Entry){.file = file, .type = type, .line = t.line, .own_type = own_type};
      array_push(&c->arena, &block.clauses, arena_str(&c->arena, body));
      array_push(&c->arena, &block.lines, t.line);
      example = NULL;
    } else if (!block.clauses.count) {
      st = table_fail(&t, err, "stands under no clause");
    } else if (body.at[0] == '+' || (body.at[0] == '-' && body.len > 1 && body.at[1] == ' ')) {
      bool counter = body.at[0] == '-';
      block.has_example |= !counter;
      block.has_counter |= counter;
      example = NULL;
      if (c->source) {
        array_push(keep, &c->source->examples,
                   (Example){.file = arena_str(keep, str_of(t.path)), .line = t.line, .entry = c->source->entries.count, .counter = counter, .own = !folder,
                             .text = arena_str(keep, str_trim((Str){body.at + 1, body.len - 1}))});
        example = array_last(&c->source->examples);
      }
    } else if (str_find(body, STR("->"), NULL)) {
      if (example && !example->counter) {
        array_push(keep, &example->expected, arena_str(keep, body));
        array_push(keep, &example->expected_lines, t.line);
      } else if (c->source) {
        st = table_fail(&t, err, "an expectation stands under no example");
      }
    } else {
      block.has_attributes = true;
      st = read_attributes(c, &t, body, &block.attributes, err);
    }
  }
  if (!st)
    st = finish(c, &t, file, !folder, type, &block, &entry, err);
  table_close(&t);
  return st;
}

// ---- writing

static uint32_t weight_of(const Built *b) { // how specific: more words first
  uint32_t w = 0;
  for (uint32_t i = 0; i < b->count; i++)
    w += b->items[i].filler == FILL_WORD ? 4 : b->items[i].filler == FILL_ANY ? 1 : b->items[i].filler == FILL_SAME ? 3 : 2;
  return w + (b->pattern.flags & PATTERN_NOT ? 1 : 0) + (b->pattern.flags & PATTERN_OWN ? 100 : 0);
}

static void write_sections(Compiler *c) {
  PhraseBuilder *classes = phrases_new(), *anchors = phrases_new();
  for (uint32_t i = 0; i < c->classes.count; i++)
    for (uint32_t k = 0; k < c->classes.items[i].lemmas.count; k++) {
      char digits[8];
      for (int d = 0; d < 8; d++)
        digits[d] = "0123456789abcdef"[i >> 4 * d & 15];
      Str words[2] = {{digits, sizeof digits}, c->classes.items[i].lemmas.items[k]};
      phrases_add(classes, words, 2, 1, NULL);
    }
  Array(PatternList) lists = {0};
  Array(uint32_t) order = {0};
  for (uint32_t i = 0; i < c->classes.count; i++)
    for (uint32_t k = 0; k < c->classes.items[i].lemmas.count; k++) {
      Str lemma = c->classes.items[i].lemmas.items[k];
      uint32_t before = PHRASE_PREFIX;
      if (!phrases_add(anchors, &lemma, 1, lists.count, &before))
        continue; // has its list
      PatternList list = {.first = order.count};
      for (uint32_t p = 0; p < c->patterns.count; p++) {
        const Class *own = &c->classes.items[c->patterns.items[p].anchor_class];
        for (uint32_t l = 0; l < own->lemmas.count; l++)
          if (str_equal(own->lemmas.items[l], lemma)) {
            array_push(&c->arena, &order, p);
            break;
          }
      }
      list.count = order.count - list.first;
      uint32_t *at = order.items + list.first; // insertion sort: lists are short; stable
      for (uint32_t x = 1; x < list.count; x++)
        for (uint32_t y = x; y && weight_of(&c->built.items[at[y]]) > weight_of(&c->built.items[at[y - 1]]); y--) {
          uint32_t swap = at[y];
          at[y] = at[y - 1];
          at[y - 1] = swap;
        }
      array_push(&c->arena, &lists, list);
    }
  image_add(c->writer, "codebook.patterns", c->patterns.items, sizeof(Pattern), c->patterns.count);
  image_add(c->writer, "codebook.items", c->items.items, sizeof(PatternItem), c->items.count);
  image_add(c->writer, "codebook.lists", lists.items, sizeof(PatternList), lists.count);
  image_add(c->writer, "codebook.order", order.items, sizeof(uint32_t), order.count);
  phrases_write(anchors, c->writer, "codebook.anchors");
  phrases_write(classes, c->writer, "codebook.classes");
  phrases_free(anchors);
  phrases_free(classes);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

BedeStatus codebook_compile(const char *folder, const Own *own, const BedeModel *model, ImageWriter *writer,
                            CodebookSource *source, Out *patterns, BedeError *err) {
  Compiler c = {.folder = folder, .model = model, .writer = writer, .source = source};
  Array(char *) names = {0};
  char path[4096];
  snprintf(path, sizeof path, "%s/codebook", folder);
  DIR *dir = opendir(path);
  if (!dir)
    return fail(err, BEDE_IO, "%s: no such folder", path);
  for (struct dirent *e; (e = readdir(dir));)
    if (e->d_name[0] != '.' && str_ends(str_of(e->d_name), STR(".txt")) && strcmp(e->d_name, "patterns.txt"))
      array_push(&c.arena, &names, arena_copy(&c.arena, str_of(e->d_name)));
  closedir(dir);
  if (names.count)
    qsort(names.items, names.count, sizeof *names.items, by_name);
  c.parser = parser_new(model);
  BedeStatus st = read_nominals(&c, err);
  for (uint32_t i = 0; !st && i < names.count; i++)
    if (str_starts(str_of(names.items[i]), STR("classes")))
      st = read_classes(&c, names.items[i], err);
  for (uint32_t i = 0; !st && i < names.count; i++)
    if (!str_starts(str_of(names.items[i]), STR("classes")))
      st = read_entries(&c, folder, names.items[i], err);
  for (size_t i = 0; !st && own && i < own->codebook_count; i++)
    st = read_entries(&c, NULL, own->codebooks[i], err);
  if (!st)
    write_sections(&c);
  for (uint32_t i = 0; source && !st && i < c.named_classes; i++) {
    WordClass k = {.name = arena_str(&source->arena, c.classes.items[i].name)};
    for (uint32_t w = 0; w < c.classes.items[i].lemmas.count; w++)
      array_push(&source->arena, &k.words, arena_str(&source->arena, c.classes.items[i].lemmas.items[w]));
    array_push(&source->arena, &source->classes, k);
  }
  for (uint32_t i = 0; !st && patterns && i < c.built.count; i++) {
    const Built *b = &c.built.items[i];
    if (b->pattern.flags & PATTERN_NOMINAL)
      continue; // follow from the verb's
    char name[64];
    snprintf(name, sizeof name, "%s", b->pattern.type < EVENT_TYPES ? event_types[b->pattern.type] : "-");
    out_print(patterns, "%s\t", name);
    print_items(b, patterns);
    out_char(patterns, '\n');
  }
  parser_free(c.parser);
  out_free(&c.text);
  arena_free(&c.arena);
  return st;
}

void codebook_source_free(CodebookSource *source) {
  arena_free(&source->arena);
  *source = (CodebookSource){0};
}
