# agency.py - own sentences in the manner of news agencies, with their trees.
# SPDX-License-Identifier: Apache-2.0
#
# The treebanks have little newswire: titles before names, names joined by "and",
# by-phrases behind other phrases, "met", "signed an agreement with". A small grammar
# makes such sentences with heads, relations (as EWT and GUM annotate them) and names;
# tags, features and lemmas are left open. Words are invented or from data/en/actors.
import os
import random

FIRST = """Anna Omar Pavel Chen Li Mei Juan Maria Ivan Olga Samuel Ruth Kofi Ama Hassan Leila Yusuf Fatima Mohammed Ali Ahmed
Tomas Eva Lars Ingrid Pierre Claire Jean Marco Giulia Hans Petra Jan Kasia Viktor Elena Sergei Nadia Arjun Priya Ravi Sunita
Hiroshi Yuki Kenji Akiko Min Ji Sung Nguyen Tran Budi Siti Jose Carmen Luis Rosa Pedro Ana David Sarah John Peter Thomas Helen
Tendai Chipo Abdul Karim Mahmoud Saeed Reza Shirin Bashir Samir Nabil Rania Mikhail Andrei Boris Milan Goran Zoran Dragan""".split()
LAST = """Okoro Mensah Abebe Tadesse Kamau Otieno Mbeki Dlamini Diallo Traore Haddad Khalil Mansour Nasser Farouk Aziz Rahimi Karimi
Petrov Sokolov Volkov Novak Horvat Kovac Nowak Kowalski Svensson Larsen Nielsen Virtanen Korhonen Schmidt Weber Keller Dubois
Moreau Laurent Rossi Bianchi Costa Silva Santos Pereira Garcia Lopez Torres Ramirez Castillo Vargas Singh Sharma Patel Rao Khan
Bhutto Hussain Chowdhury Perera Thapa Tanaka Sato Suzuki Kim Park Choi Wang Zhang Liu Zhao Tran Pham Wijaya Santoso Reyes Cruz
Smith Brown Clarke Murphy Walsh Abbas Saleh Yilmaz Demir Aydin Papadakis Georgiou Ionescu Popescu Dimitrov Todorov""".split()
ROLES = """president|prime minister|foreign minister|defence minister|defense minister|finance minister|interior minister|leader|premier|
chancellor|deputy prime minister|vice president|ambassador|envoy|special envoy|spokesman|spokeswoman|army chief|trade minister|
deputy foreign minister|health minister|opposition leader|secretary general|chief negotiator|police chief""".replace("\n", "").split("|")
CITIES = """Paris London Berlin Moscow Beijing Tokyo Cairo Nairobi Geneva Vienna Oslo Rome Madrid Ankara Tehran Baghdad Damascus Amman
Riyadh Doha Delhi Islamabad Dhaka Hanoi Jakarta Manila Seoul Lima Quito Havana Accra Lagos Dakar Tunis Algiers Khartoum Kampala
Pretoria Harare Lusaka Warsaw Prague Budapest Sofia Athens Belgrade Kiev Minsk Brussels Lisbon""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TRANSITIVE = """accused condemned criticised criticized praised thanked invited expelled arrested attacked bombed shelled blamed warned
urged recognised supported visited congratulated threatened sued fined banned pardoned received hosted joined rejected contradicted
tolerates visits accuses urges warns invites fines pardons bans attacks""".split()
PASSIVE = "accused condemned criticised praised invited expelled arrested attacked killed blamed warned banned released fined pardoned toured welcomed received".split()
WITH_NOUN = """signed:agreement:with signed:pact:with signed:treaty:with held:talks:with banned:imports:from imposed:sanctions:against
voiced:confidence:in vetoed:draft:on broke:ties:with severed:relations:with restored:ties:with launched:attack:on opened:embassy:in
withdrew:troops:from sent:aid:to signed:deal:with rejected:proposal:from welcomed:offer:from expressed:support:for lifted:embargo:on
paid:visit:to dropped:charges:against approved:loan:to condemned:attack:on rejected:accusations:by welcomed:decision:by
stopped:deliveries:of protested:raid:on tolerated:intrusions:by""".split()
NOUN_ACTS = "visit:to decision:on attack:on offer:to talks:with appeal:to threat:against pact:with support:for ties:with".split()
CLAUSE = "urged asked told ordered invited pressed forced".split()
INTENT = "agreed vowed promised threatened decided refused offered pledged".split()
ACTS = "meet visit attack support release expel recognise help invite condemn leave join".split()
SAID = "said announced declared reported added".split()
NOUNS = "border parliament economy market harvest army report budget oil election ceasefire airport church".split()


class Phrase:
    """Words with heads: [form, head (index, or None for the phrase's own head), relation, name tag]."""

    def __init__(s, *words):
        s.words = [list(w) for w in words]

    @property
    def head(s):
        return next(i for i, w in enumerate(s.words) if w[1] is None)

    def add(s, other, relation, to=None, before=False):
        """other under word `to` (the head by default), behind or before all words so far."""
        to = s.head if to is None else to
        if before:
            shift = len(other.words)
            mine = [[f, None if h is None else h + shift, r, n] for f, h, r, n in s.words]
            s.words = [[f, to + shift if h is None else h, relation if h is None else r, n] for f, h, r, n in other.words] + mine
        else:
            shift = len(s.words)
            s.words += [[f, to if h is None else h + shift, relation if h is None else r, n] for f, h, r, n in other.words]
        return s


def word(form, name="O"):
    return Phrase([form, None, "root", name])


class Agency:
    def __init__(s, data="data/en"):
        s.states = []
        with open(os.path.join(data, "actors/countries.tsv"), encoding="utf-8") as f:
            for line in f:
                c = line.rstrip("\n").split("\t")
                if line[0] != "#" and len(c) > 3:
                    name, adjective = c[1].split("|")[0], c[3].split("|")[0]
                    if name.isalpha() and adjective.isalpha() and adjective[0].isupper():
                        s.states.append((name, adjective))
        assert len(s.states) > 100, "countries.tsv has another form"

    def name(s):
        r = random.random()
        p = Phrase([random.choice(FIRST), None, "root", "B-PERSON"])
        if r < .12:
            p = Phrase([random.choice(LAST), None, "root", "B-PERSON"])
        else:
            p.words.append([random.choice(LAST), 0, "flat", "I-PERSON"])
            if r > .9:
                p.words.append(["-", 3, "punct", "I-PERSON"])
                p.words.append([random.choice(LAST), 0, "flat", "I-PERSON"])
        return p

    def role(s, capital=False):
        words = random.choice(ROLES).split()
        p = word(words[-1])
        for w in reversed(words[:-1]):
            p.add(word(w), "amod" if w in ("prime", "foreign", "special", "deputy", "chief") else "compound", before=True)
        if capital:
            for w in p.words:
                w[0] = w[0].capitalize()
        return p

    def titled(s):
        """"(visiting) Kenyan foreign minister Anna Otieno"."""
        p, t = s.name(), s.role(random.random() < .5)
        r = random.random()
        if r < .8:
            t.add(word(random.choice(s.states)[1]), "amod", before=True)
        elif r < .9:
            t.add(Phrase([random.choice(s.states)[0], None, "root", "B-PLACE"], ["'s", 0, "case", "O"]), "nmod:poss", before=True)
        p.add(t, "nmod:desc", before=True)
        if r < .08:
            p.add(word(random.choice(["visiting", "outgoing"])), "amod", before=True)
        return p

    def actor(s, depth=0):
        r = random.random()
        if r < .34:
            p = s.titled()
        elif r < .42:
            p = s.name()
        elif r < .62:
            p = word(random.choice(s.states)[0], "B-PLACE")
        elif r < .8:
            p = word(random.choice("government army police troops officials rebels parliament court minister president ministry soldiers students".split()))
            p.add(word(random.choice(s.states)[1]), "amod", before=True)
            if random.random() < .6:
                p.add(word("the"), "det", before=True)
        elif r < .88:      # "the Kenyan president, Anna Otieno,"
            p = s.role().add(word(random.choice(s.states)[1]), "amod", before=True).add(word("the"), "det", before=True)
            h = p.head
            n = s.name().add(word(","), "punct", before=True)
            p.add(n, "appos", h)
            p.add(word(","), "punct", len(p.words) - len(n.words) + n.head)
        else:              # "Anna Otieno, the Kenyan president,"
            p = s.name()
            n = s.role().add(word(random.choice(s.states)[1]), "amod", before=True).add(word("the"), "det", before=True).add(word(","), "punct", before=True)
            at = len(p.words) + n.head
            p.add(n, "appos").add(word(","), "punct", at)
        if depth == 0 and random.random() < .18:
            p.add(s.actor(1).add(word("and"), "cc", before=True), "conj")
        return p

    def under(s, preposition, noun):
        return noun.add(word(preposition), "case", before=True)

    def when_where(s, clause):
        verb = clause.head
        if random.random() < .3:
            clause.add(s.under("in", word(random.choice(CITIES), "B-PLACE")), "obl", verb)
        if random.random() < .5:
            clause.add(s.under("on", word(random.choice(DAYS))), "obl", verb)
        return clause

    def clause(s, depth=0):
        r = random.random()
        subject = s.actor()
        if r < .14:
            c = word("met")
            if random.random() < .5:
                c.add(s.actor(), "obj")
            else:
                subject = s.actor(1).add(s.actor(1).add(word("and"), "cc", before=True), "conj")
        elif r < .3:
            c = word(random.choice(TRANSITIVE)).add(s.actor(), "obj")
        elif r < .48:
            verb, noun, preposition = random.choice(WITH_NOUN).split(":")
            n = word(noun)
            if not noun.endswith("s") and noun not in ("aid", "support", "confidence"):
                n.add(word("an" if noun[0] in "aeiou" else "a"), "det", before=True)
            n.add(s.under(preposition, s.actor()), "nmod")
            c = word(verb).add(n, "obj")
        elif r < .62:
            if random.random() < .4:      # "charges against a Kenyan activist were dropped by"
                noun = random.choice("charges:against ties:with funds:for sanctions:against talks:with criticism:of".split()).split(":")
                subject = word(noun[0]).add(s.under(noun[1], s.actor(1)), "nmod")
                c = word(random.choice("dropped severed cut lifted imposed broken condemned".split()))
                be = random.choice(["were", "have been"]).split()
            else:
                c, be = word(random.choice(PASSIVE)), [random.choice(["was", "were"])]
            for k, w in enumerate(reversed(be)):
                c.add(word(w), "aux:pass" if k == 0 else "aux", before=True)
            c.add(s.under("by", s.actor()), "obl:agent")
            s.when_where(c)
            return c.add(subject, "nsubj:pass", before=True)
        elif r < .74:
            inner = word(random.choice(ACTS)).add(s.actor(), "obj").add(word("to"), "mark", before=True)
            c = word(random.choice(CLAUSE)).add(s.actor(1), "obj").add(inner, "xcomp")
        elif r < .84:
            c = word(random.choice(INTENT))
            if random.random() < .3:
                c.add(s.under("on", word(random.choice(DAYS))), "obl")
            return c.add(word(random.choice(ACTS)).add(s.actor(), "obj").add(word("to"), "mark", before=True), "xcomp").add(subject, "nsubj", before=True)
        elif r < .9:       # "arrived in Cairo on Monday for talks with"
            c = word("arrived").add(s.under("in", word(random.choice(CITIES), "B-PLACE")), "obl")
            if random.random() < .5:
                c.add(s.under("on", word(random.choice(DAYS))), "obl")
            return c.add(s.under("for", word("talks").add(s.under("with", s.actor()), "nmod")), "obl").add(subject, "nsubj", before=True)
        elif r < .94 or depth:
            noun, preposition = random.choice(NOUN_ACTS).split(":")
            n = word(noun)
            owner = Phrase(*s.actor(1).words)
            if owner.words[-1][0] != ",":
                n.add(owner.add(word("'s"), "case"), "nmod:poss", before=True)
            n.add(s.under(preposition, s.actor(1)), "nmod")
            subject, c = n, word(random.choice(["angered", "surprised", "worried", "pleased"])).add(s.actor(1), "obj")
        else:
            c = word(random.choice(SAID))
            if random.random() < .4:
                c.add(s.under("on", word(random.choice(DAYS))), "obl")
            inner = s.clause(1)
            if random.random() < .7:
                inner.add(word("that"), "mark", before=True)
            return c.add(inner, "ccomp").add(subject, "nsubj", before=True)
        return s.when_where(c).add(subject, "nsubj", before=True)

    def sentence(s):
        c = s.clause()
        if random.random() < .2 and c.words[-1][0] != ",":       # ", the minister said"
            said = word(random.choice(SAID[:4])).add(s.actor(1), "nsubj", before=True).add(word(","), "punct", before=True)
            if random.random() < .4:
                said.add(s.under("on", word(random.choice(DAYS))), "obl")
            c.add(said, "parataxis")
        if random.random() < .9:
            if c.words[-1][0] == ",":
                c.words.pop()
            c.add(word("."), "punct")
        elif c.words[-1][0] == ",":
            c.words.pop()
        # a comma before "." or another comma is dropped by its writer
        keep, where = [], {}
        for i, w in enumerate(c.words):
            if w[0] == "," and i + 1 < len(c.words) and c.words[i + 1][0] in (",", "."):
                continue
            where[i] = len(keep)
            keep.append(w)
        forms = [w[0] for w in keep]
        forms[0] = forms[0][:1].upper() + forms[0][1:]
        n = len(keep)
        return dict(form=forms, head=[0 if w[1] is None else where[w[1]] + 1 for w in keep], deprel=[w[2] for w in keep],
                    name=[w[3] for w in keep], upos=[None] * n, xpos=[None] * n, feats=[None] * n, lemma=[None] * n)


def sentences(count, data="data/en"):
    agency, out = Agency(data), []
    while len(out) < count:
        x = agency.sentence()
        if len(x["form"]) <= 60:
            out.append(x)
    return out


if __name__ == "__main__":
    for x in sentences(12):
        print(" ".join("%s/%d/%s" % t for t in zip(x["form"], x["head"], x["deprel"])), "\n")
