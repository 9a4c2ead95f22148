// coref.c - who stands for whom: surnames, "the minister", "the two
// countries", "he", "it", "they".
//
// One pass over the mentions in the order of the text. Each looks back over a
// bounded window; candidates are weighed by nearness, by being a subject, and
// by how often they were spoken of (after Lappin and Leass 1994, with fewer
// weights). What a mention is resolved to is copied into it.
// SPDX-License-Identifier: Apache-2.0
#include "mention/draft.h"

enum { WINDOW = 300, NEAR = 3 }; // mentions looked back at; sentences

typedef struct Slot Slot;
struct Slot {
  uint64_t key; // 0: free
  uint32_t draft;
};

typedef struct Resolver Resolver;
struct Resolver {
  const BedeDoc *doc;
  const BedeModel *model;
  Drafts *drafts;
  Draft *list;
  uint32_t count;
  uint8_t *done;
  uint32_t *times;   // how often the root was mentioned so far
  uint32_t *by_name; // first token of a full name -> its draft, or NONE
  Slot *names;       // canonical name -> the latest draft that has it
  uint32_t name_mask;
  uint32_t searches; // of the table for holders of offices
  char country[12];  // that the document is about or from; "" where unclear
};

static uint32_t sentence_of(const Resolver *r, uint32_t i) {
  return r->doc->tokens.items[r->list[i].actor.head].sentence;
}

static uint32_t root_of(const Resolver *r, uint32_t i) {
  for (uint32_t steps = 0; r->list[i].actor.antecedent != NONE && steps < 1000; steps++)
    i = r->list[i].actor.antecedent;
  return i;
}

static bool is_state_code(const Draft *d) { return d->state && d->actor.code[0]; }

static void copy_code(Draft *to, const Draft *from) {
  memcpy(to->actor.code, from->actor.code, sizeof to->actor.code);
  to->state = from->state;
}

static void copy_sector(Draft *to, const Draft *from) {
  memcpy(to->actor.sector, from->actor.sector, sizeof to->actor.sector);
}

// Mention i stands for mention j.
static void link_to(Resolver *r, uint32_t i, uint32_t j) {
  Draft *d = &r->list[i];
  const Draft *e = &r->list[j];
  if (i == j)
    return;
  if (j < i)
    d->actor.antecedent = j;
  if (!d->actor.code[0])
    copy_code(d, e);
  if (!d->actor.sector[0] && !d->former)
    copy_sector(d, e);
  if (!d->name.len)
    d->name = e->name;
  if (!d->role.len)
    d->role = e->role;
  if (d->what == DRAFT_PRONOUN || d->what == DRAFT_PERSON)
    d->gender = d->gender ? d->gender : e->gender;
  if (d->what == DRAFT_PRONOUN)
    d->role_kind = e->role_kind;
  if (e->what == DRAFT_GROUP && (d->what == DRAFT_PRONOUN || d->what == DRAFT_GROUP)) {
    d->member = e->member;
    d->members = e->members;
    d->what = d->what == DRAFT_PRONOUN && e->members ? DRAFT_GROUP : d->what;
  }
  r->times[root_of(r, j)]++;
}

// ---- names

static Slot *name_slot(Resolver *r, Str name) {
  uint64_t key = hash_str(name);
  key = key ? key : 1;
  uint32_t at = (uint32_t)key & r->name_mask;
  while (r->names[at].key && r->names[at].key != key)
    at = (at + 1) & r->name_mask;
  r->names[at].key = key;
  return &r->names[at];
}

static void resolve_name(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  if (d->full != NONE && r->by_name[d->full] != NONE) {
    Draft *e = &r->list[r->by_name[d->full]];
    bool own_sector = d->actor.sector[0] && strcmp(d->actor.sector, "ELI");
    d->name = e->name;
    if (e->actor.code[0])
      copy_code(d, e);
    else if (d->actor.code[0])
      copy_code(e, d);
    if (e->actor.sector[0] && (!own_sector || e->known))
      copy_sector(d, e);
    link_to(r, i, r->by_name[d->full]);
    return;
  }
  if (!d->name.len)
    return;
  Slot *slot = name_slot(r, d->name);
  if (slot->draft < i && r->list[slot->draft].what == d->what) {
    bool own = d->actor.code[0] != 0;
    Draft *e = &r->list[slot->draft];
    link_to(r, i, slot->draft);
    if (e->name.len)
      d->name = e->name; // letters stand for the words they abbreviate
    if (own && !e->actor.code[0])
      copy_code(e, d);
  }
  if (slot->draft == NONE || slot->draft < i)
    slot->draft = i;
}

// Does the name have a word of the mention? "The Seven Party Alliance (SPA)" is
// not the Saudi Press Agency.
static bool share_word(const Resolver *r, Str name, const Draft *d) {
  while (name.len) {
    Str word = str_cut(&name, ' ');
    for (uint32_t i = 0; i < d->actor.count; i++)
      if (word.len > 3 && str_equal_fold(word, doc_word(r->doc, d->actor.first + i)))
        return true;
  }
  return false;
}

// "the Ruritanian Workers' League (RWL)": the letters in brackets name it too.
static bool resolve_brackets(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  uint32_t first = d->actor.first, end = first + d->actor.count;
  if (d->what != DRAFT_BODY || first < 2 || end >= r->doc->tokens.count ||
      !word_is(r->doc, first - 1, "(") || !word_is(r->doc, end, ")"))
    return false;
  for (uint32_t j = i; j-- > 0 && i - j < 8;) {
    Draft *e = &r->list[j];
    if (e->actor.first + e->actor.count != first - 1 || (e->what != DRAFT_BODY && e->what != DRAFT_ROLE))
      continue;
    if (e->what == DRAFT_ROLE && e->role_kind != ROLE_BODY)
      continue;
    if (!e->known && d->known && share_word(r, d->name, e)) {
      copy_code(e, d);
      copy_sector(e, d);
      e->name = d->name;
    } else {
      copy_code(d, e);
      copy_sector(d, e);
    }
    Slot *slot = name_slot(r, d->name);
    slot->draft = i;
    d->actor.antecedent = j;
    d->inside = j;
    if (e->name.len)
      d->name = e->name;
    return true;
  }
  return false;
}

// ---- role nouns

static Str last_word(Str s) {
  size_t at = s.len;
  while (at && s.at[at - 1] != ' ' && s.at[at - 1] != '-')
    at--;
  return (Str){s.at + at, s.len - at};
}

static bool one_of(Str word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(word, str_of(list[i])))
      return true;
  return false;
}
#define ONE_OF(word, list) one_of((word), (list), COUNT(list))

static Str singular(Str word) {
  if (word.len > 3 && str_ends(word, STR("men")))
    return (Str){word.at, word.len - 3};
  if (word.len > 3 && word.at[word.len - 1] == 's' && word.at[word.len - 2] != 's')
    word.len--;
  if (word.len > 3 && str_ends(word, STR("man")))
    word.len -= 3;
  return word;
}

static bool is_minister(Str role) {
  return str_starts(role, STR("minister")) || str_ends(role, STR("minister")) ||
         str_ends(role, STR("ministers"));
}

static bool heads_government(Str role) {
  return str_equal(role, STR("premier")) || str_equal(role, STR("prime minister")) ||
         str_equal(role, STR("premiers")) || str_equal(role, STR("prime ministers")) ||
         str_equal(role, STR("pm"));
}

// Whether "the NEW" can be somebody of whom OLD was said.
static bool same_role(Str new, Str old) {
  static const char *const leaders[] = {"president", "premier", "prime minister", "chancellor",
                                        "king", "queen", "emir", "sultan", "chairman", "leader",
                                        "chief", "head", "secretary-general", "secretary general"};
  static const char *const leading[] = {"leader", "leaders", "chief", "ruler", "strongman", "head",
                                        "dictator"};
  static const char *const envoys[] = {"envoy", "ambassador", "representative", "diplomat", "mediator",
                                       "negotiator"};
  if (!new.len || !old.len)
    return false;
  if (heads_government(new) || heads_government(old))
    return (heads_government(new) && heads_government(old)) ||
           (heads_government(old) && ONE_OF(last_word(new), leading));
  if (is_minister(new) && is_minister(old))
    return str_equal(new, old) || str_equal(singular(new), singular(old)) ||
           str_equal(singular(new), STR("minister"));
  Str a = singular(last_word(new)), b = singular(last_word(old));
  if (str_equal(a, b))
    return true;
  if (ONE_OF(last_word(new), leading) && (ONE_OF(old, leaders) || ONE_OF(last_word(old), leaders)))
    return true;
  if (str_equal(a, STR("official")))
    return true;
  return ONE_OF(a, envoys) && ONE_OF(b, envoys);
}

static bool same_code(const Draft *a, const Draft *b) {
  return !a->actor.code[0] || !b->actor.code[0] || !strcmp(a->actor.code, b->actor.code);
}

static bool apart(const Resolver *r, uint32_t i, uint32_t j) {
  const Draft *a = &r->list[i], *b = &r->list[j];
  uint32_t a_end = a->actor.first + a->actor.count, b_end = b->actor.first + b->actor.count;
  return a_end <= b->actor.first || b_end <= a->actor.first;
}

static bool is_one_person(const Draft *d) {
  return d->what == DRAFT_PERSON ||
         (d->what == DRAFT_ROLE && d->role_kind == ROLE_PERSON && d->actor.number == 1);
}

// "the Kenyan leader" to the latest person of that office and country.
static bool resolve_person_role(Resolver *r, uint32_t i) {
  static const char *const forces[] = {"MIL", "COP", "REB"};
  Draft *d = &r->list[i];
  if (d->indefinite || !(d->definite || d->actor.code[0]))
    return false;
  for (uint32_t j = i; j-- > 0 && i - j < WINDOW;) {
    const Draft *e = &r->list[j];
    // "the soldier" is the marine before
    bool force = d->definite && d->actor.sector[0] && !strcmp(d->actor.sector, e->actor.sector) &&
                 one_of(str_of(d->actor.sector), forces, COUNT(forces)) &&
                 sentence_of(r, i) - sentence_of(r, j) <= NEAR;
    if (!is_one_person(e) || !apart(r, i, j) || !(force || same_role(d->role, e->role)) || !same_code(d, e) ||
        (d->actor.code[0] && !e->actor.code[0]) || d->former != e->former)
      continue;
    if (d->owner != NONE && !d->actor.code[0] && e->actor.code[0])
      continue; // "his minister" is not the minister before, but his country's
    link_to(r, i, j);
    if (d->generic && e->actor.sector[0])
      copy_sector(d, e);
    return true;
  }
  return false;
}

// "the minister, Kari Berg": of the state whose minister was spoken of without
// a name.
static void resolve_named_office(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  for (uint32_t j = i; d->role.len && j-- > 0 && i - j < WINDOW && sentence_of(r, i) - sentence_of(r, j) <= 2 * NEAR;) {
    Draft *e = &r->list[j];
    if (e->what != DRAFT_ROLE || e->role_kind != ROLE_PERSON || e->actor.number != 1 || e->name.len ||
        !is_state_code(e) || !apart(r, i, j) || !same_role(d->role, e->role) || d->former != e->former)
      continue;
    copy_code(d, e);
    d->actor.antecedent = d->actor.antecedent == NONE ? j : d->actor.antecedent;
    return;
  }
}

// "the rebels", "the ministry", "the organisation".
static bool resolve_body_role(Resolver *r, uint32_t i) {
  static const char *const any[] = {"organisation", "organization", "group", "movement", "body",
                                    "agency", "alliance", "bloc", "party", "company", "firm",
                                    "institution", "union", "faction", "militia"};
  Draft *d = &r->list[i];
  bool bare = d->role_kind == ROLE_BODY && d->actor.count <= 2; // "coalition troops"
  if (!(d->definite || bare) || d->indefinite || d->owner != NONE)
    return false;
  Str noun = singular(last_word(d->role)), rest = d->role, whose = str_cut(&rest, ' ');
  // "Sudanese rebels attacked the army": that of the country they are of
  static const char *const states_own[] = {"MIL", "COP", "GOV", "LEG"}, *const others[] = {"REB", "OPP", "PRM"};
  if (d->definite && one_of(str_of(d->actor.sector), states_own, COUNT(states_own)))
    for (uint32_t j = i; j-- > 0 && sentence_of(r, j) == sentence_of(r, i);) {
      const Draft *e = &r->list[j];
      if (e->what != DRAFT_ROLE || !is_state_code(e) || !apart(r, i, j) ||
          !one_of(str_of(e->actor.sector), others, COUNT(others)))
        continue;
      copy_code(d, e);
      return true;
    }
  for (uint32_t j = i; j-- > 0 && i - j < WINDOW;) {
    const Draft *e = &r->list[j];
    // "the ministers" are the Kenyan and Ugandan ministers, not some of them
    if (e->inside != NONE && r->list[e->inside].what == DRAFT_GROUP && r->list[e->inside].members)
      continue;
    if (e->what == DRAFT_GROUP && e->members && d->actor.number == 2 && !d->actor.code[0] && apart(r, i, j) &&
        e->role.len && str_equal(noun, singular(last_word(e->role)))) {
      d->what = DRAFT_GROUP;
      link_to(r, i, j);
      return true;
    }
    if (!apart(r, i, j) || !same_code(d, e) || is_one_person(e) || e->what == DRAFT_PRONOUN ||
        e->what == DRAFT_GROUP || e->what == DRAFT_STATE)
      continue;
    // "the army" is no rebels' army, though their name may end so
    if (e->what == DRAFT_BODY && !strcmp(e->actor.sector, "REB") && !strcmp(d->actor.sector, "MIL"))
      continue;
    bool same_noun = e->role.len && str_equal(noun, singular(last_word(e->role)));
    if (!same_noun && e->what == DRAFT_BODY && e->name.len) {
      Str word = last_word(e->name);
      same_noun = str_equal_fold(noun, word) ||
                  (e->name_count && str_equal_fold(noun, doc_word(r->doc, e->name_first + e->name_count - 1)));
      same_noun |= rest.len && e->name_count &&
                   str_equal_fold(whose, doc_word(r->doc, e->name_first + e->name_count - 1));
    }
    if (!d->definite && !(same_noun && e->what == DRAFT_BODY))
      continue;
    bool same_kind = d->actor.sector[0] && !strcmp(d->actor.sector, e->actor.sector) && e->actor.code[0] &&
                     (!e->state || e->what == DRAFT_ROLE) &&
                     (!strcmp(d->actor.sector, "REB") || !strcmp(d->actor.sector, "OPP") ||
                      !strcmp(d->actor.sector, "MIL"));
    bool any_body = e->what == DRAFT_BODY && ONE_OF(noun, any) && sentence_of(r, i) - sentence_of(r, j) <= NEAR;
    if (!same_noun && !same_kind && !any_body)
      continue;
    link_to(r, i, j);
    return true;
  }
  return false;
}

// "the country": the state spoken of last, rather one that is no adjective.
static bool resolve_country(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  uint32_t other = NONE;
  for (uint32_t j = i; j-- > 0 && i - j < 40;) {
    const Draft *e = &r->list[j];
    if (!is_state_code(e) || !apart(r, i, j) || e->what == DRAFT_GROUP)
      continue;
    if (e->what == DRAFT_STATE || (e->what == DRAFT_ROLE && str_equal(e->role, STR("country")))) {
      copy_code(d, e);
      link_to(r, i, j);
      return true;
    }
    other = other == NONE ? j : other;
  }
  if (other == NONE)
    return false;
  copy_code(d, &r->list[other]);
  return true;
}

// ---- pronouns

static int weight(const Resolver *r, uint32_t i, uint32_t j) {
  static const int near[NEAR + 1] = {100, 75, 40, 15};
  const Draft *e = &r->list[j];
  uint32_t far = sentence_of(r, i) - sentence_of(r, j);
  if (far > NEAR)
    return 0;
  int sum = near[far];
  sum += is_subject(r->doc, e->actor.head) ? 35 : 0;
  sum += e->what == DRAFT_PERSON || e->what == DRAFT_STATE || e->what == DRAFT_BODY ? 10 : 0;
  sum += (int)MIN(r->times[root_of(r, j)], 4u) * 4;
  sum -= e->inside != NONE ? 15 : 0;
  sum -= e->actor.is_place ? 40 : 0;
  sum -= e->what == DRAFT_ADJECTIVE ? 40 : 0;
  return sum;
}

// "A met him": he is not A.
static bool binds(const Resolver *r, uint32_t i, uint32_t j) {
  const Token *a = &r->doc->tokens.items[r->list[i].actor.head];
  const Token *b = &r->doc->tokens.items[r->list[j].actor.head];
  return a->deprel != DEPREL_NMOD_POSS && a->head == b->head && a->sentence == b->sentence;
}

// "The movement said they would fight on."
static bool is_collective(const Resolver *r, uint32_t i, uint32_t j) {
  const Draft *e = &r->list[j];
  return (e->what == DRAFT_BODY || (e->what == DRAFT_ROLE && e->role_kind == ROLE_BODY)) && e->actor.code[0] &&
         sentence_of(r, i) == sentence_of(r, j) && is_subject(r->doc, e->actor.head);
}

static bool fits(const Resolver *r, uint32_t i, uint32_t j) {
  const Draft *d = &r->list[i], *e = &r->list[j];
  if (!apart(r, i, j) || binds(r, i, j) || (e->what == DRAFT_PRONOUN && e->actor.antecedent == NONE))
    return false;
  if (d->actor.number == 1 && d->gender == 'n') {
    if (e->what == DRAFT_PRONOUN)
      return e->gender == 'n';
    return e->what == DRAFT_STATE || e->what == DRAFT_BODY ||
           (e->what == DRAFT_ADJECTIVE && d->actor.count) ||
           (e->what == DRAFT_ROLE && e->role_kind == ROLE_BODY && e->actor.number == 1);
  }
  if (d->actor.number == 1) {
    if (e->gender && e->gender != d->gender)
      return false;
    return is_one_person(e) || (e->what == DRAFT_PRONOUN && e->actor.number == 1);
  }
  if (e->what == DRAFT_ADJECTIVE || e->what == DRAFT_STATE)
    return false;
  return e->actor.number == 2 || e->what == DRAFT_GROUP ||
         (e->what == DRAFT_ROLE && e->role_kind == ROLE_PEOPLE) || is_collective(r, i, j);
}

static bool joined_to(const Resolver *r, uint32_t j, uint32_t k) {
  const Token *t = &r->doc->tokens.items[r->list[k].actor.head];
  return t->deprel == DEPREL_CONJ && t->head == r->list[j].actor.head;
}

// "A and B met. They …": a group of the two.
static bool join_members(Resolver *r, uint32_t i, uint32_t j) {
  uint32_t first = r->drafts->members.count;
  array_push(r->drafts->arena, &r->drafts->members, j);
  for (uint32_t k = j + 1; k < i && k < j + 12; k++)
    if (joined_to(r, j, k) && r->list[k].inside == NONE)
      array_push(r->drafts->arena, &r->drafts->members, k);
  if (r->drafts->members.count - first < 2) {
    r->drafts->members.count = first;
    return false;
  }
  r->list[i].what = DRAFT_GROUP;
  r->list[i].member = first;
  r->list[i].members = r->drafts->members.count - first;
  return true;
}

static bool people_before(Resolver *r, uint32_t i);

static const char *const firsts[] = {"i", "me", "my", "we", "us", "our"};

static bool is_object(const BedeDoc *doc, uint32_t token) {
  uint8_t deprel = doc->tokens.items[token].deprel;
  return deprel == DEPREL_OBJ || deprel == DEPREL_IOBJ;
}

static void resolve_pronoun(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  int best = 0;
  uint32_t found = NONE;
  bool pair = false;
  if (IN_LIST(r->doc, d->actor.head, firsts) || d->actor.code[0])
    return;
  for (uint32_t j = i; j-- > 0 && i - j < WINDOW;) {
    if (r->list[j].actor.first > d->actor.first || sentence_of(r, i) - sentence_of(r, j) > NEAR)
      break;
    const Draft *e = &r->list[j];
    bool heads_pair = false;
    if (d->actor.number == 2 && is_subject(r->doc, e->actor.head) && e->inside == NONE && apart(r, i, j) &&
        (is_one_person(e) || e->what == DRAFT_STATE || e->what == DRAFT_BODY))
      for (uint32_t k = j + 1; k < i && k < j + 12 && !heads_pair; k++)
        heads_pair = joined_to(r, j, k);
    if (!heads_pair && !fits(r, i, j))
      continue;
    int sum = weight(r, i, j) - (d->actor.number == 2 && !heads_pair && is_collective(r, i, j) ? 30 : 0);
    if (is_object(r->doc, d->actor.head) && is_object(r->doc, e->actor.head))
      sum += 40; // "jailed them": rather whom somebody charged
    if (d->gender && d->gender != 'n' && d->gender == r->list[j].gender)
      sum += 30; // "she" is rather the spokeswoman
    if (sum > best) {
      best = sum;
      found = j;
      pair = heads_pair;
    }
  }
  int least = d->gender == 'n' ? 80 : d->actor.number == 2 ? 60 : 40;
  if (d->actor.number == 2 && best < 100 && people_before(r, i))
    return;
  if (found == NONE || best < least)
    return;
  if (pair) {
    join_members(r, i, found);
    return;
  }
  link_to(r, i, found);
}

// ---- groups

// Countries, nations, governments: states rather than people.
static bool asks_for_states(const Draft *d) {
  return d->role.len && d->role_kind == ROLE_KINDS && !str_starts(d->role, STR("side")) &&
         !str_starts(d->role, STR("part"));
}

static bool asks_for_people(const Draft *d) { return d->role.len && d->role_kind == ROLE_PERSON; }

static bool is_member(const Draft *d, const Draft *e, bool people) {
  if (e->what == DRAFT_GROUP || (e->what == DRAFT_PRONOUN && !people) || !e->actor.code[0] || e->members)
    return false;
  if (people)
    return is_one_person(e) && e->state;
  if (asks_for_states(d))
    return e->state;
  return e->state || e->what == DRAFT_BODY || e->what == DRAFT_ROLE;
}

// "Finland and Sweden asked both sides": who asks is not asked.
static bool asks(const Resolver *r, uint32_t i, uint32_t j) {
  const Token *tokens = r->doc->tokens.items;
  uint32_t group = r->list[i].actor.head, head = r->list[j].actor.head;
  if (is_subject(r->doc, group) || !is_subject(r->doc, head))
    return false;
  for (int steps = 0; steps < 4 && tokens[head].deprel == DEPREL_CONJ; steps++)
    head = tokens[head].head;
  return tokens[head].head == tokens[group].head && tokens[group].deprel != DEPREL_NMOD_POSS;
}

enum { MEMBERS = 5, CODES = 8 };

// How often a code was spoken of before mention i.
static uint32_t code_times(const Resolver *r, uint32_t i, const char *code) {
  uint32_t sum = 0;
  for (uint32_t j = i; j-- > 0 && i - j < WINDOW;)
    sum += !strcmp(r->list[j].actor.code, code);
  return sum;
}

static void sort_numbers(uint32_t *list, uint32_t count) {
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t k = i; k > 0 && list[k] < list[k - 1]; k--) {
      uint32_t swap = list[k];
      list[k] = list[k - 1], list[k - 1] = swap;
    }
}

// The last n of different codes in the drafts [from, to), the codes spoken of
// most where there are more.
static bool members_in(Resolver *r, uint32_t i, uint32_t from, uint32_t to, uint32_t n, bool people, uint32_t out[MEMBERS]) {
  const Draft *d = &r->list[i];
  uint32_t times[CODES], last[CODES], count = 0;
  for (uint32_t j = to; j-- > from;) {
    const Draft *e = &r->list[j];
    if (!apart(r, i, j) || asks(r, i, j) || !is_member(d, e, people))
      continue;
    uint32_t k = 0;
    while (k < count && strcmp(r->list[last[k]].actor.code, e->actor.code))
      k++;
    if (k < count) {
      times[k]++;
      // rather one that acts than a place or an adjective
      const Draft *had = &r->list[last[k]];
      if ((had->actor.is_place && !e->actor.is_place) ||
          (had->what == DRAFT_ADJECTIVE && e->what != DRAFT_ADJECTIVE && !e->actor.is_place))
        last[k] = j;
    } else if (count < CODES) {
      times[count] = 1;
      last[count++] = j;
    }
  }
  if (count < n)
    return false;
  if (count > n)
    for (uint32_t k = 0; k < count; k++)
      times[k] = 16 * times[k] + MIN(15, code_times(r, from, r->list[last[k]].actor.code));
  for (uint32_t chosen = 0; chosen < n; chosen++) { // the nearer of equals
    uint32_t best = NONE;
    for (uint32_t k = 0; k < count; k++)
      if (times[k] && (best == NONE || times[k] > times[best]))
        best = k;
    out[chosen] = last[best];
    times[best] = 0;
  }
  sort_numbers(out, n);
  return true;
}

// The n that one conjunction or "China-Russia" joins, in the drafts [from, to).
static bool joined_in(Resolver *r, uint32_t i, uint32_t from, uint32_t to, uint32_t n, bool people, uint32_t out[MEMBERS]) {
  for (uint32_t j = to; j-- > from;) {
    uint32_t count = 0;
    if (!apart(r, i, j) || asks(r, i, j) || !is_member(&r->list[i], &r->list[j], people))
      continue;
    out[count++] = j;
    for (uint32_t k = j + 1; k < to && k < j + 16 && count <= MEMBERS; k++) {
      const Draft *e = &r->list[k];
      if (!joined_to(r, j, k) || !is_member(&r->list[i], e, people))
        continue;
      bool known = false;
      for (uint32_t m = 0; m < count; m++)
        known |= !strcmp(r->list[out[m]].actor.code, e->actor.code);
      if (known || count == MEMBERS)
        count = MEMBERS + 1;
      else
        out[count++] = k;
    }
    if (count == n)
      return true;
  }
  return false;
}

static void set_members(Resolver *r, uint32_t i, const uint32_t *list, uint32_t count) {
  Draft *d = &r->list[i];
  d->what = DRAFT_GROUP;
  d->member = r->drafts->members.count;
  d->members = count;
  memset(d->actor.code, 0, sizeof d->actor.code);
  for (uint32_t k = 0; k < count; k++)
    array_push(r->drafts->arena, &r->drafts->members, list[k]);
}

// "A met B … their talks": two people of different codes in this sentence or
// the one before, where nothing plural is nearer.
static bool people_before(Resolver *r, uint32_t i) {
  uint32_t found[2], n = 0;
  for (uint32_t j = i; j-- > 0 && i - j < 40 && sentence_of(r, i) - sentence_of(r, j) <= 1;) {
    const Draft *e = &r->list[j];
    if (!is_one_person(e) || !e->state || !e->actor.code[0] || e->inside != NONE || !apart(r, i, j))
      continue;
    uint32_t k = 0;
    while (k < n && strcmp(r->list[found[k]].actor.code, e->actor.code))
      k++;
    if (k < n)
      continue;
    if (n == 2)
      return false;
    found[n++] = j;
  }
  if (n < 2)
    return false;
  sort_numbers(found, 2);
  set_members(r, i, found, 2);
  return true;
}

// The members of the last group of n that was understood, if it is near.
static bool members_of_group(const Resolver *r, uint32_t i, uint32_t from, uint32_t to, uint32_t n, uint32_t out[MEMBERS]) {
  for (uint32_t j = to; j-- > from;) {
    const Draft *e = &r->list[j];
    if (e->members != n || sentence_of(r, i) - sentence_of(r, j) > 6)
      continue;
    const uint32_t *m = &r->drafts->members.items[e->member];
    bool different = true;
    for (uint32_t k = 1; k < n; k++)
      for (uint32_t l = 0; l < k; l++)
        different &= strcmp(r->list[m[k]].actor.code, r->list[m[l]].actor.code) != 0;
    if (!different)
      continue;
    memcpy(out, m, n * sizeof *out);
    return true;
  }
  return false;
}

// "the two countries" are the states, where the text has named them, though
// their presidents were named last.
static void rather_states(Resolver *r, uint32_t i, uint32_t n, uint32_t out[MEMBERS]) {
  for (uint32_t k = 0; k < n; k++) {
    const Draft *had = &r->list[out[k]];
    for (uint32_t j = i; had->what != DRAFT_STATE && j-- > 0 && i - j < WINDOW;)
      if (r->list[j].what == DRAFT_STATE && !r->list[j].actor.is_place &&
          !strcmp(r->list[j].actor.code, had->actor.code)) {
        out[k] = j;
        break;
      }
  }
}

static bool find_members(Resolver *r, uint32_t i, uint32_t n, bool people, uint32_t out[MEMBERS]) {
  uint32_t sentence = sentence_of(r, i), from = i;
  for (uint32_t to = i; to > 0 && i - to < WINDOW; to = from) {
    uint32_t s = sentence_of(r, to - 1);
    from = to;
    while (from > 0 && sentence_of(r, from - 1) == s)
      from--;
    if (people && sentence - s > 12)
      return false; // nobody remembers them
    // a group like it, already understood, is nearer than its members
    if (joined_in(r, i, from, to, n, people, out) || members_in(r, i, from, to, n, people, out) ||
        members_of_group(r, i, from, to, n, out))
      return true;
  }
  return members_in(r, i, i > WINDOW ? i - WINDOW : 0, i, n, people, out);
}

// Mention i has the members of mention j.
static void take_members(Resolver *r, uint32_t i, uint32_t j) {
  Draft *d = &r->list[i];
  d->what = DRAFT_GROUP;
  d->member = r->list[j].member;
  d->members = r->list[j].members;
  memset(d->actor.code, 0, sizeof d->actor.code);
}

static void resolve_group(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  uint32_t list[MEMBERS], n = d->counted;
  if (d->members || n < 2 || n > MEMBERS || !d->definite)
    return;
  if (d->owner != NONE && d->owner < r->count && r->list[d->owner].members) {
    take_members(r, i, d->owner); // "their countries"
    return;
  }
  bool people = asks_for_people(d);
  if (!(people && find_members(r, i, n, true, list)) && !find_members(r, i, n, false, list))
    return;
  if (asks_for_states(d))
    rather_states(r, i, n, list);
  set_members(r, i, list, n);
}

// "In his first speech, the president …", "In its statement, Norway …": what
// no word before explains may stand for the subject that follows.
static void resolve_ahead(Resolver *r, uint32_t i, uint32_t end) {
  Draft *d = &r->list[i];
  const Token *tokens = r->doc->tokens.items;
  if (d->actor.antecedent != NONE || d->actor.code[0] || !d->gender || is_subject(r->doc, d->actor.head))
    return;
  for (uint32_t j = i + 1; j < end; j++) {
    const Draft *e = &r->list[j];
    uint8_t deprel = tokens[e->actor.head].deprel;
    uint32_t verb = tokens[e->actor.head].head;
    if ((deprel != DEPREL_NSUBJ && deprel != DEPREL_NSUBJ_PASS) || e->inside != NONE || tokens[verb].head != verb)
      continue;
    if (!fits(r, i, j) || !e->actor.code[0])
      return;
    link_to(r, i, j);
    d->actor.antecedent = j;
    return;
  }
}

// "During their two talks, A said he and B …": the pair stands behind in the
// same sentence, or is the last that the document spoke of.
static void resolve_late(Resolver *r, uint32_t i, uint32_t end) {
  static const char *const mutual[] = {"meeting", "meetings", "talks", "summit", "summits", "conversation",
                                       "conversations", "call", "calls", "relations", "ties", "relationship",
                                       "negotiations", "border", "dialogue", "consultations", "friendship",
                                       "partnership", "differences", "dispute", "rivalry", "war"};
  Draft *d = &r->list[i];
  uint32_t head = r->doc->tokens.items[d->actor.head].head, list[MEMBERS];
  bool pronoun = d->what == DRAFT_PRONOUN && d->actor.number == 2 && d->actor.antecedent == NONE && !d->actor.code[0] &&
                 !IN_LIST(r->doc, d->actor.head, firsts);
  bool group = d->what == DRAFT_GROUP && !d->members && d->counted >= 2 && d->counted <= MEMBERS;
  uint32_t n = group ? d->counted : 2;
  bool both = pronoun && IN_LIST(r->doc, head, mutual);
  if (d->what == DRAFT_PRONOUN && d->actor.number == 1)
    resolve_ahead(r, i, end);
  if (!group && !pronoun)
    return;
  Draft asked = *d;
  if (pronoun)
    d->role = (Str){0};
  bool found = joined_in(r, i, i + 1, end, n, true, list) ||
               ((group || both) && n == 2 && members_in(r, i, i + 1, end, n, true, list)) ||
               joined_in(r, i, i + 1, end, n, false, list);
  if (found && pronoun && !both)
    found = !is_subject(r->doc, d->actor.head) && is_subject(r->doc, r->list[list[0]].actor.head);
  found = found || (both && find_members(r, i, n, false, list));
  *d = asked;
  if (found)
    set_members(r, i, list, n);
}

// ---- the document's country

static void find_country(Resolver *r) {
  Span line = r->doc->frame.dateline;
  Str frame = r->doc->frame.dateline_country;
  if (frame.len && frame.len < sizeof r->country) {
    memcpy(r->country, frame.at, frame.len);
    return;
  }
  for (uint32_t i = 0; i < r->count; i++) {
    const Draft *d = &r->list[i];
    Span span = doc_token_span(r->doc, d->actor.first, d->actor.count);
    if (is_state_code(d) && line.end > line.begin && span.begin < line.end && span.end > line.begin) {
      memcpy(r->country, d->actor.code, sizeof r->country);
      return;
    }
  }
}

// The state of what a titled name hangs on: "a Kenyan delegation led by
// Minister Moses Okello".
static bool resolve_above(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  uint32_t token = d->actor.head;
  bool clause = false;
  for (int steps = 0; steps < 6; steps++) {
    const Token *t = &r->doc->tokens.items[token];
    bool down = t->deprel == DEPREL_NMOD || t->deprel == DEPREL_ACL || t->deprel == DEPREL_APPOS ||
                t->deprel == DEPREL_OBL_AGENT || t->deprel == DEPREL_CONJ || t->deprel == DEPREL_OBL;
    if (!down || t->head == token)
      return false;
    token = t->head;
    clause |= t->deprel == DEPREL_ACL;
    for (uint32_t j = i; clause && j-- > 0 && i - j < 12;)
      if (r->list[j].actor.head == token && is_state_code(&r->list[j]) && apart(r, i, j) &&
          (r->list[j].what == DRAFT_ROLE || r->list[j].what == DRAFT_BODY)) {
        copy_code(d, &r->list[j]);
        return true;
      }
  }
  return false;
}

// "the International Energy Agency" is no single country's.
static bool of_many(Str name) {
  static const char *const many[] = {"International", "World", "Global", "African", "Asian", "European",
                                     "Arab", "American", "Inter", "Pan", "Pacific", "Islamic"};
  while (name.len)
    if (one_of(str_cut(&name, ' '), many, COUNT(many)))
      return true;
  return false;
}

// ---- who holds an office that only one can hold

typedef enum Office { OFFICE_NONE, OFFICE_CROWN, OFFICE_PRESIDENT, OFFICE_PREMIER } Office;

static Office office_of(Str role) {
  static const char *const crowns[] = {"king", "queen", "emir", "amir", "sultan", "emperor", "empress", "shah",
                                       "monarch"};
  if (heads_government(role))
    return OFFICE_PREMIER;
  if (ONE_OF(role, crowns))
    return OFFICE_CROWN;
  return str_equal(role, STR("president")) ? OFFICE_PRESIDENT : OFFICE_NONE;
}

static Str first_word(Str s) { return str_cut(&s, ' '); }

// Two spellings of a name: at most two letters are changed, left out or added.
static bool alike(Str a, Str b) {
  enum { LONGEST = 24 };
  uint8_t row[LONGEST + 1];
  if (a.len < 5 || b.len < 5 || a.len > LONGEST || b.len > LONGEST || a.at[0] != b.at[0])
    return str_equal_fold(a, b);
  for (size_t k = 0; k <= b.len; k++)
    row[k] = (uint8_t)k;
  for (size_t i = 1; i <= a.len; i++) {
    uint8_t corner = row[0];
    row[0] = (uint8_t)i;
    for (size_t k = 1; k <= b.len; k++) {
      uint8_t above = row[k];
      uint8_t least = (uint8_t)(MIN(row[k], row[k - 1]) + 1);
      row[k] = MIN(least, (uint8_t)(corner + (a.at[i - 1] != b.at[k - 1])));
      corner = above;
    }
  }
  return row[b.len] <= 2;
}

enum { SEARCHES = 64 }; // of the table for holders, in one document

// "King Harald": the state whose holder of the office has this name on the
// document's day. False where none or several have it; *other tells whether the
// country of the dateline has a holder of another name.
static bool holder_of(Resolver *r, const Draft *d, Office office, char code[12], bool *other) {
  const ActorTable *table = &r->model->actors;
  const ActorEntry *found = NULL;
  bool several = false, own = false, same = false;
  *other = false;
  if (!r->doc->day.year || r->searches++ >= SEARCHES)
    return false;
  Str called = office == OFFICE_CROWN ? first_word(d->name) : last_word(d->name);
  for (uint32_t i = 0; i < table->entry_count; i++) {
    const ActorEntry *e = &table->entries[i];
    if (e->kind != ENTRY_PERSON || strcmp(e->sector, "GOV") || entry_when(e, r->doc->day))
      continue;
    Str role = str_of(image_string(table->image, e->role)), name = str_of(image_string(table->image, e->name));
    bool exact = office_of(role) == office;
    if (!exact && !str_equal(role, STR("leader")))
      continue;
    bool named = str_equal_fold(called, first_word(name)) ||
                 (office != OFFICE_CROWN && str_equal_fold(called, last_word(name)));
    bool here = !strcmp(e->code, r->country);
    own |= here && exact;
    same |= here && (named || alike(called, last_word(name)));
    if (!named)
      continue;
    several |= found && strcmp(found->code, e->code);
    found = e;
  }
  *other = own && !same;
  if (!found || several)
    return false;
  memcpy(code, found->code, sizeof found->code);
  return true;
}

// A bare office, force or crowd ("the president", "police", "protesters") is
// of the country that the dispatch comes from, unless the sentence has spoken
// of another; then only definite bodies and titled names are. Without a dateline
// a definite body is of the one state that the sentence has spoken of.
static void resolve_context(Resolver *r, uint32_t i) {
  static const char *const official[] = {"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "PTY", "OPP"};
  static const char *const crowd[] = {"CVL", "REF", "LAB"};
  Draft *d = &r->list[i];
  bool office = one_of(str_of(d->actor.sector), official, COUNT(official));
  bool body = d->what == DRAFT_BODY && !d->known && office && d->definite && !of_many(d->name);
  if (d->actor.code[0] || d->members || d->inside != NONE ||
      !(d->what == DRAFT_ROLE || (d->what == DRAFT_PERSON && d->role.len) || body) ||
      !(office || one_of(str_of(d->actor.sector), crowd, COUNT(crowd))))
    return;
  if (d->what == DRAFT_PERSON && resolve_above(r, i))
    return;
  Office office_held = d->what == DRAFT_PERSON && !d->former ? office_of(d->role) : OFFICE_NONE;
  if (office_held) {
    bool elsewhere;
    if (holder_of(r, d, office_held, d->actor.code, &elsewhere)) {
      d->state = 1;
      return;
    }
    if (elsewhere || office_held == OFFICE_CROWN)
      return; // a guest
  }
  const Draft *other = NULL;
  bool several = false;
  for (uint32_t j = i; j-- > 0 && sentence_of(r, j) == sentence_of(r, i);) {
    const Draft *e = &r->list[j];
    if (!e->actor.code[0] || !strcmp(e->actor.code, r->country))
      continue;
    several |= other && strcmp(other->actor.code, e->actor.code);
    other = e;
  }
  bool own = d->what == DRAFT_PERSON || (d->definite && d->role_kind == ROLE_BODY);
  if (r->country[0] && (own || (!other && (office || d->actor.number == 2)))) {
    memcpy(d->actor.code, r->country, sizeof d->actor.code);
    d->state = 1;
  } else if (!r->country[0] && other && other->state && !several && own && d->what == DRAFT_ROLE) {
    copy_code(d, other);
  }
}

// ---- all

static bool is_counterpart(Str role) {
  static const char *const words[] = {"counterpart", "counterparts", "colleague", "colleagues"};
  return ONE_OF(last_word(role), words);
}

static void resolve_counterpart(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  for (uint32_t j = i; j-- > 0 && i - j < WINDOW && sentence_of(r, i) - sentence_of(r, j) <= NEAR;) {
    const Draft *e = &r->list[j];
    if (!apart(r, i, j) || !e->role.len || !is_one_person(e) || is_counterpart(e->role) ||
        !strcmp(e->actor.code, d->actor.code))
      continue;
    d->role = e->role;
    if (!d->actor.sector[0] || !d->known)
      copy_sector(d, e);
    return;
  }
}

static void resolve(Resolver *r, uint32_t i) {
  Draft *d = &r->list[i];
  if (r->done[i])
    return;
  r->done[i] = 1;
  if (d->owner != NONE && d->owner > i && d->owner < r->count)
    resolve(r, d->owner);
  if (is_counterpart(d->role))
    resolve_counterpart(r, i);
  bool found = false;
  switch (d->what) {
  case DRAFT_PERSON:
    resolve_name(r, i);
    if (!d->actor.code[0] && word_is(r->doc, d->actor.first, "the"))
      resolve_named_office(r, i);
    break;
  case DRAFT_BODY:
    if (!resolve_brackets(r, i))
      resolve_name(r, i);
    break;
  case DRAFT_ROLE:
    if (str_equal(d->role, STR("country")))
      found = d->owner == NONE && resolve_country(r, i);
    else if (d->role_kind == ROLE_PERSON && d->actor.number == 1)
      found = resolve_person_role(r, i);
    else if (d->counted && !d->actor.code[0] && d->definite && d->actor.number == 2)
      resolve_group(r, i);
    else if (!d->actor.code[0])
      found = resolve_body_role(r, i);
    break;
  case DRAFT_PRONOUN:
    resolve_pronoun(r, i);
    break;
  case DRAFT_GROUP:
    resolve_group(r, i);
    break;
  default:
    break;
  }
  if (!found && !d->actor.code[0] && d->owner != NONE && r->list[d->owner].actor.code[0] &&
      (d->what == DRAFT_ROLE || (d->what == DRAFT_PERSON && !d->known)))
    copy_code(d, &r->list[d->owner]);
  else if (!found && !d->actor.code[0] && d->owner != NONE && r->list[d->owner].members && !d->members &&
           d->what == DRAFT_ROLE && d->actor.number == 2)
    take_members(r, i, d->owner); // "their leaders"
  if (d->generic && !d->actor.sector[0])
    memcpy(d->actor.sector, d->otherwise, sizeof d->otherwise);
  resolve_context(r, i);
  r->times[root_of(r, i)]++;
}

void resolve_drafts(const BedeDoc *doc, const BedeModel *model, Drafts *drafts) {
  uint32_t count = drafts->list.count;
  Arena *arena = drafts->arena;
  Resolver r = {.doc = doc, .model = model, .drafts = drafts, .list = drafts->list.items,
                .count = count, .name_mask = 63};
  while (r.name_mask / 2 < count)
    r.name_mask = 2 * r.name_mask + 1;
  r.done = arena_alloc(arena, count + (size_t)1);
  r.times = arena_alloc(arena, (count + (size_t)1) * sizeof *r.times);
  r.names = arena_alloc(arena, (r.name_mask + (size_t)1) * sizeof *r.names);
  r.by_name = arena_alloc(arena, (doc->tokens.count + (size_t)1) * sizeof *r.by_name);
  for (uint32_t i = 0; i <= r.name_mask; i++)
    r.names[i].draft = NONE;
  for (uint32_t i = 0; i < doc->tokens.count; i++)
    r.by_name[i] = NONE;
  for (uint32_t i = count; i-- > 0;)
    if (r.list[i].what == DRAFT_PERSON && r.list[i].full == NONE && r.list[i].name_count)
      r.by_name[r.list[i].name_first] = i;
  find_country(&r);
  for (uint32_t i = 0, first = 0; i < count; i++) {
    resolve(&r, i);
    if (i + 1 < count && sentence_of(&r, i + 1) == sentence_of(&r, i))
      continue;
    for (uint32_t k = first; k <= i; k++)
      resolve_late(&r, k, i + 1);
    first = i + 1;
  }
  // who was named before anybody said whose he is
  for (uint32_t i = count; i-- > 0;) {
    Draft *d = &r.list[i];
    if ((d->what == DRAFT_PERSON || d->what == DRAFT_BODY) && !d->actor.code[0] && d->name.len) {
      const Slot *slot = name_slot(&r, d->name);
      if (slot->draft != NONE && r.list[slot->draft].what == d->what)
        copy_code(d, &r.list[slot->draft]);
    }
  }
}

// ---- first persons

enum { SPEECHES = 48 }; // looked back at: what is said inside what is said

// The innermost speech that the token is part of, or NULL. *next is the first
// speech behind the token of the call before.
static const Speech *speech_at(const BedeDoc *doc, uint32_t token, uint32_t *next) {
  const Speech *found = NULL;
  while (*next < doc->speeches.count && doc->speeches.items[*next].first <= token)
    ++*next;
  for (uint32_t i = *next; i-- > 0 && *next - i <= SPEECHES;) {
    const Speech *s = &doc->speeches.items[i];
    if (token >= s->first && token - s->first < s->count && (!found || s->count < found->count))
      found = s;
  }
  return found;
}

static uint32_t speaker_actor(const BedeDoc *doc, const Speech *speech) {
  if (speech->actor != NONE || speech->speaker_head == NONE)
    return speech->actor;
  uint32_t low = 0, high = doc->actors.count, found = NONE;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (doc->actors.items[middle].first <= speech->speaker_head)
      low = middle + 1;
    else
      high = middle;
  }
  for (uint32_t i = low; i-- > 0 && low - i <= SPEECHES;) {
    const Actor *a = &doc->actors.items[i];
    if (speech->speaker_head < a->first + a->count && (found == NONE || a->count < doc->actors.items[found].count))
      found = i;
  }
  return found;
}

void find_first_persons(BedeDoc *doc) {
  uint32_t next = 0, begin = 0;
  const Speech *known = NULL;
  uint32_t speaker = NONE;
  for (uint32_t i = 0; i < doc->actors.count; i++) {
    Actor *a = &doc->actors.items[i];
    while (begin < i && doc->actors.items[begin].first < a->first)
      begin++;
    if (a->kind != ACTOR_PRONOUN || a->antecedent != NONE || !IN_LIST(doc, a->head, firsts))
      continue;
    const Speech *speech = speech_at(doc, a->head, &next);
    if (!speech)
      continue;
    if (speech != known)
      speaker = speaker_actor(doc, speech);
    known = speech;
    if (speaker == NONE || speaker == i)
      continue;
    const Actor *who = &doc->actors.items[speaker];
    bool said_by_itself = who->kind == ACTOR_PRONOUN && IN_LIST(doc, who->head, firsts) && !who->code[0];
    if (said_by_itself || (who->first <= a->head && a->head < who->first + who->count))
      continue;
    a->antecedent = speaker;
    memcpy(a->code, who->code, sizeof a->code);
    memcpy(a->sector, who->sector, sizeof a->sector);
    if (a->number == 1) {
      a->name = who->name;
      a->role = who->role;
    } else if (who->members) {
      a->kind = ACTOR_GROUP;
      a->member = who->member;
      a->members = who->members;
    }
    // "our country", "my government", which stand before it in the list
    for (uint32_t k = begin; k < doc->actors.count && doc->actors.items[k].first == a->first; k++) {
      Actor *whole = &doc->actors.items[k];
      if (k != i && !whole->code[0] && !whole->members && whole->count > 1)
        memcpy(whole->code, who->code, sizeof whole->code);
    }
  }
}
