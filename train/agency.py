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
# headlines: verbs as "expels/expel", things done to, matters they are about
HEADLINE = """expel recall accuse warn urge slam hail back shun oust seize shell bomb raid jail ban free shut sue fine mock court host
greet receive condemn blast arrest detain kill hit rock grip threaten praise vote fire name pick meet target back eye probe attack""".split()
OBJECTS = """sign:accord sign:deal ink:pact seek:loan seek:aid reject:offer reject:plan lift:ban lift:curfew lift:embargo cut:tariffs
cut:ties cut:output raise:prices raise:taxes seize:ship seize:tanker shell:airport shell:village shut:border shut:embassy shut:port
fire:missile fire:rockets fire:gas hold:talks hold:drill hold:vote win:vote win:election launch:strike launch:probe recall:envoy
name:premier send:troops send:aid send:envoy open:consulate open:border close:border block:road block:resolution veto:resolution
delay:vote delay:visit pledge:support sell:jets sell:grain buy:gas buy:wheat deny:claims deny:role kill:civilians hurt:soldiers
test:missile free:hostages free:prisoners jail:editor oust:leader storm:palace march:capital back:plan break:truce""".split()
OVER = "over:dam over:border over:visas over:killing for:graft for:murder for:spying at:border at:summit after:talks after:blast after:vote on:trade on:climate against:rebels against:strike amid:protests ahead:election".split()
PEOPLE = """soldiers rebels troops police protesters workers miners students judges ministers lawmakers tourists diplomats fishermen
farmers doctors migrants refugees gunmen militants journalists editors sailors pilots civilians villagers teachers""".split()
THINGS = "strike blast flood quake fire storm drought court ship ferry bomb army navy bank firm militia union panel council senate cabinet".split()
PAST = "killed hurt wounded arrested freed held detained missing jailed expelled shot released rescued evacuated".split()
COUNT = "two three four five six nine 12 14 20 31 45 hundreds dozens thousands".split()
FINITE = "crossed attacked left entered seized fired sold sent took broke lost sank used".split()
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

    # ---- headlines

    @staticmethod
    def present(verb, plural):
        if plural:
            return verb
        return verb + ("es" if verb[-1] in "sxh" and verb[-2:] != "gh" else "s") if verb[-1] != "y" or verb[-2] in "aeou" else verb[:-1] + "ies"

    def newsmaker(s):
        """Who headlines are about, without articles, and whether they are many."""
        r = random.random()
        state, adjective = random.choice(s.states)
        if r < .36:
            p, many = word(state, "B-PLACE"), False
            if random.random() < .2:       # "Kenya, Uganda"
                p.add(word(random.choice(s.states)[0], "B-PLACE").add(word("," if random.random() < .6 else "and"),
                      "cc", before=True), "conj")
                many = True
                if p.words[1][0] == ",":
                    p.words[1][2] = "punct"
        elif r < .6:
            p, many = s.role(), False
            p.add(word(adjective) if random.random() < .7 else Phrase([state, None, "root", "B-PLACE"], ["'s", 0, "case", "O"]),
                  "amod", before=True)
            if p.words[1][2] == "case":
                p.words[0][2] = "nmod:poss"
            if random.random() < .3:
                p = s.name().add(p, "nmod:desc", before=True)
        elif r < .84:
            p, many = word(random.choice(PEOPLE)), True
            if random.random() < .6:
                p.add(word(adjective), "amod", before=True)
            if random.random() < .4:
                p.add(word(random.choice(COUNT[:11])), "nummod", before=True)
        else:
            p, many = word(random.choice(THINGS)), False
            if random.random() < .4:
                p.add(word(adjective), "amod", before=True)
        return p, many

    def about(s, clause, verb):
        r = random.random()
        if r < .3:
            clause.add(s.under("in" if random.random() < .8 else "at", word(random.choice(CITIES), "B-PLACE")), "obl", verb)
        elif r < .6:
            preposition, noun = random.choice(OVER).split(":")
            clause.add(s.under(preposition, word(noun)), "obl", verb)
        return clause

    def target(s, clause, relation="obj"):
        p, many = s.newsmaker()
        return clause.add(p, relation)

    def headline(s, depth=0):
        subject, many = s.newsmaker()
        r = random.random()
        if r < .24:
            verb, noun = random.choice(OBJECTS).split(":")
            n = word(noun)
            if random.random() < .3:
                n.add(word(random.choice("border trade peace water gas arms visa grain air nuclear".split())), "compound", before=True)
            if random.random() < .25:
                n.add(s.under(random.choice(["with", "of", "on", "from", "to"]), word(random.choice(s.states)[0], "B-PLACE")), "nmod")
            c = word(s.present(verb, many)).add(n, "obj")
        elif r < .46:
            c = s.target(word(s.present(random.choice(HEADLINE), many)))
        elif r < .58:            # "Peru to recall ambassador"
            verb, noun = random.choice(OBJECTS).split(":")
            c = word(verb).add(word("to"), "mark", before=True).add(word(noun), "obj")
        elif r < .7:             # "two tourists arrested in Cairo", "31 feared dead"
            c = word(random.choice(PAST))
            if random.random() < .25:
                subject = word(random.choice(COUNT))
            return s.about(c, c.head).add(subject, "nsubj:pass", before=True)
        elif r < .8:             # "UN urges Mali to free soldiers", "Brazil vows to cut tariffs"
            verb, noun = random.choice(OBJECTS).split(":")
            inner = word(verb).add(word("to"), "mark", before=True).add(word(noun), "obj")
            if random.random() < .5:
                c = s.target(word(s.present(random.choice("urge ask tell press force order".split()), many)))
            else:
                c = word(s.present(random.choice("vow agree threaten refuse offer pledge seek plan want decide".split()), many))
            return c.add(inner, "xcomp").add(subject, "nsubj", before=True)
        elif r < .88 and not depth:  # "India denies troops crossed border"
            inner = word(random.choice(FINITE)).add(word(random.choice("border village ship oil bridge airport weapons money".split())), "obj")
            inner.add(word(random.choice(PEOPLE)), "nsubj", before=True)
            return word(s.present(random.choice("deny say claim admit fear think allege".split()), many)).add(inner, "ccomp").add(subject, "nsubj", before=True)
        else:                    # "leaders meet in Vienna", "minister quits after vote"
            c = word(s.present(random.choice("meet quit die resign fall rise march protest arrive win lose flee agree clash".split()), many))
        c = s.about(c, c.head).add(subject, "nsubj", before=True)
        if not depth and random.random() < .12:    # ", 12 killed"
            more = word(random.choice(PAST)).add(word(random.choice(COUNT)), "nsubj:pass", before=True).add(word(","), "punct", before=True)
            c.add(more, "parataxis")
        return c

    # ---- long sentences

    def relative(s, depth):
        """", who had arrived in Cairo on Monday and …,"; its last word may be a comma."""
        c = word(random.choice("arrived visited met left signed accused attacked spent opened led seen".split()))
        if c.words[0][0] in ("arrived", "spent", "led"):
            s.when_where(c)
        else:
            c.add(s.common(depth + 1), "obj")
            s.when_where(c)
        if random.random() < .4:
            c.add(word(random.choice(["had", "has"])), "aux", before=True)
        c.add(word("who"), "nsubj", before=True)
        if random.random() < .35:
            more = word(random.choice("told warned praised urged thanked blamed".split())).add(s.common(depth + 1), "obj")
            c.add(more.add(word("and"), "cc", before=True), "conj")
        return c

    def common(s, depth=0):
        """"the soldiers", "a convoy of trucks that …": nouns with what hangs on them."""
        plural = random.random() < .6
        p = word(random.choice(PEOPLE) if plural else random.choice(THINGS))
        if random.random() < .5:
            p.add(word(random.choice(s.states)[1]), "amod", before=True)
        if not plural or random.random() < .4:
            p.add(word("the"), "det", before=True)
        elif random.random() < .4:
            p.add(word(random.choice(COUNT[:11])), "nummod", before=True)
        r = random.random()
        if depth < 3 and r < .25:
            p.add(s.under(random.choice(["of", "from", "in", "near", "with"]), word(random.choice(s.states)[0], "B-PLACE")), "nmod")
        elif depth < 2 and r < .4:          # reduced relatives: "seized by", "carrying"
            if random.random() < .5:
                v = word(random.choice(PASSIVE)).add(s.under("by", s.common(depth + 1)), "obl:agent")
            else:
                v = word(random.choice("carrying guarding leaving holding blocking facing".split())).add(word(random.choice(["aid", "weapons", "food", "signs"])), "obj")
            p.add(v, "acl")
        elif depth < 2 and r < .5:
            v = word(random.choice(FINITE)).add(s.common(depth + 1), "obj").add(word("that"), "nsubj", before=True)
            p.add(v, "acl:relcl")
        return p

    def long(s, depth=0):
        subject = s.actor(1) if random.random() < .6 else s.common()
        h = subject.head
        if random.random() < .5 and subject.words[-1][0] != ",":
            subject.add(s.relative(depth).add(word(","), "punct", before=True), "acl:relcl", h)
            subject.add(word(","), "punct", h)
        r = random.random()
        if r < .3:                          # "told reporters in Cairo that …"
            c = word(random.choice("told assured warned reminded informed".split()))
            c.add(word(random.choice("reporters journalists parliament lawmakers".split())), "obj")
            s.when_where(c)
            inner = (s.long(1) if depth == 0 and random.random() < .5 else s.clause(1)).add(word("that"), "mark", before=True)
            c.add(inner, "ccomp")
        elif r < .45:                       # "called on the two sides to …"
            c = word("called").add(s.under("on", s.common(1)), "obl")
            c.add(word(random.choice(ACTS)).add(s.common(1), "obj").add(word("to"), "mark", before=True), "xcomp")
        elif r < .6:                        # "accused Chile of diverting …"
            c = word(random.choice("accused suspected convicted".split())).add(s.common(2), "obj")
            c.add(word(random.choice("attacking supporting killing invading spying threatening harbouring".split())).add(s.common(1), "obj")
                  .add(word("of"), "mark", before=True), "advcl")
        elif r < .75:                       # two things done
            c = word(random.choice(TRANSITIVE[:24])).add(s.common(), "obj")
            s.when_where(c)
            more = word(random.choice(TRANSITIVE[:24])).add(s.common(), "obj")
            s.when_where(more)
            c.add(more.add(word("and"), "cc", before=True), "conj")
        elif r < .9:
            c = word(random.choice(TRANSITIVE[:24])).add(s.common(), "obj")
            s.when_where(c)
            more = word(random.choice("killing wounding blocking seizing freeing".split())).add(s.common(1), "obj")
            c.add(more.add(word(","), "punct", before=True), "advcl")
        else:
            c = word(random.choice("signed rejected".split())).add(word("agreement").add(word("an"), "det", before=True)
                .add(s.under("with", word(random.choice(s.states)[0], "B-PLACE")), "nmod"), "obj")
        if random.random() < .2:
            c.add(word(random.choice(["had", "has"])), "aux", before=True)
        c.add(subject, "nsubj", before=True)
        if depth == 0:
            r = random.random()
            front = None
            if r < .12:
                front, relation = s.clause(1).add(word(random.choice(["although", "while", "after", "as", "because", "when"])), "mark", before=True), "advcl"
            elif r < .2:
                front, relation = s.under(random.choice(["in", "near", "at"]), word(random.choice(CITIES), "B-PLACE")), "obl"
            elif r < .27:
                noun = random.choice("ministry police officials witnesses army".split())
                front, relation = Phrase(["according", 3, "case", "O"], ["to", 0, "fixed", "O"], ["the", 3, "det", "O"], [noun, None, "root", "O"]), "obl"
            if front:
                if front.words[-1][0] != ",":
                    c.add(word(","), "punct", before=True)
                c.add(front, relation, before=True)
        return c

    def datelined(s, c):
        city = word(random.choice(CITIES), "B-PLACE")
        if random.random() < .7:
            city.words[0][0] = city.words[0][0].upper()
        if random.random() < .6:
            month = word(random.choice("January February March April May June July August Sept. Oct. Nov. Dec.".split()))
            month.add(word(str(random.randint(1, 31))), "nummod").add(word(","), "punct", before=True)
            city.add(month, "nmod:unmarked")
        if random.random() < .5:
            agency = word(random.choice("GNW ANP NTB Own KLS Reuters Xinhua AFP".split()), "B-ORG")
            city.add(agency.add(word("("), "punct", before=True).add(word(")"), "punct"), "appos")
        city.add(word(random.choice(["--", "-", "-", "\u2014", "\u2013"])), "punct")
        return c.add(city, "parataxis", before=True)

    def sentence(s):
        r = random.random()
        if r < .28:
            c = s.headline()
        elif r < .5:
            c = s.long()
        else:
            c = s.clause()
        if random.random() < .08:
            return s.finished(s.datelined(c), r < .28)
        return s.finished(c, r < .28)

    def finished(s, c, headline):
        if headline:
            pass
        elif random.random() < .2 and c.words[-1][0] != ",":       # ", the minister said"
            said = word(random.choice(SAID[:4])).add(s.actor(1), "nsubj", before=True).add(word(","), "punct", before=True)
            if random.random() < .4:
                said.add(s.under("on", word(random.choice(DAYS))), "obl")
            c.add(said, "parataxis")
        if random.random() < (.05 if headline else .9):
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
        if headline and random.random() < .15:
            forms = [f.upper() for f in forms]
        elif headline and random.random() < .1:
            forms = [f if f in ("of", "to", "in", "over", "on", "for", "'s") else f[:1].upper() + f[1:] for f in forms]
        n = len(keep)
        return dict(form=forms, head=[0 if w[1] is None else where[w[1]] + 1 for w in keep], deprel=[w[2] for w in keep],
                    name=[w[3] for w in keep], upos=[None] * n, xpos=[None] * n, feats=[None] * n, lemma=[None] * n)


def sentences(count, data="data/en"):
    agency, out = Agency(data), []
    while len(out) < count:
        x = agency.sentence()
        if len(x["form"]) <= 100:
            out.append(x)
    return out


if __name__ == "__main__":
    for x in sentences(40):
        print(" ".join("%s/%d/%s" % t for t in zip(x["form"], x["head"], x["deprel"])), "\n")
