#!/usr/bin/env python3
"""Makes data/en/corpus/*.tsv, the labelled corpus of the relation model, from train/relate/*.txt.

    python3 train/relate_corpus.py data/en/corpus

A file of train/relate is named for its PLOVER type and holds clauses of our own, each
written by hand: a verb phrase with its target T under a heading `[S T]` that says what
kinds of actors may stand there (KINDS), or, behind `=`, a whole sentence. This script only
changes what a sentence's grammar can change: actors, tense, voice, order, reports, relative
clauses, headlines, plans, refusals and threats, and a second event of other actors beside it
that must not be mistaken for the pair's. Same seed, same files.
"""
import glob
import os
import random
import re
import sys

SEED = 20261129
HERE = os.path.dirname(os.path.abspath(__file__))

COUNTRIES = """Norway Norwegian,Chile Chilean,Kenya Kenyan,Uganda Ugandan,Ghana Ghanaian,Togo Togolese,Benin Beninese,Mali Malian,
Chad Chadian,Sudan Sudanese,Ethiopia Ethiopian,Eritrea Eritrean,Somalia Somali,Tanzania Tanzanian,Rwanda Rwandan,Burundi Burundian,
Zambia Zambian,Malawi Malawian,Angola Angolan,Namibia Namibian,Botswana Botswanan,Mozambique Mozambican,Nigeria Nigerian,Niger Nigerien,
Cameroon Cameroonian,Gabon Gabonese,Senegal Senegalese,Guinea Guinean,Liberia Liberian,Morocco Moroccan,Algeria Algerian,Tunisia Tunisian,
Libya Libyan,Egypt Egyptian,Jordan Jordanian,Lebanon Lebanese,Syria Syrian,Iraq Iraqi,Iran Iranian,Kuwait Kuwaiti,Oman Omani,Yemen Yemeni,
Turkey Turkish,Greece Greek,Cyprus Cypriot,Malta Maltese,Italy Italian,Spain Spanish,Portugal Portuguese,France French,Belgium Belgian,
Denmark Danish,Sweden Swedish,Finland Finnish,Iceland Icelandic,Ireland Irish,Britain British,Germany German,Austria Austrian,Hungary Hungarian,
Poland Polish,Romania Romanian,Bulgaria Bulgarian,Serbia Serbian,Croatia Croatian,Albania Albanian,Ukraine Ukrainian,Russia Russian,Georgia Georgian,
Armenia Armenian,Azerbaijan Azerbaijani,Kazakhstan Kazakh,Uzbekistan Uzbek,Mongolia Mongolian,China Chinese,Japan Japanese,India Indian,
Pakistan Pakistani,Nepal Nepalese,Bangladesh Bangladeshi,Thailand Thai,Laos Laotian,Vietnam Vietnamese,Cambodia Cambodian,Malaysia Malaysian,
Indonesia Indonesian,Australia Australian,Canada Canadian,Mexico Mexican,Guatemala Guatemalan,Honduras Honduran,Nicaragua Nicaraguan,Cuba Cuban,
Haiti Haitian,Colombia Colombian,Venezuela Venezuelan,Ecuador Ecuadorean,Peru Peruvian,Bolivia Bolivian,Paraguay Paraguayan,Uruguay Uruguayan,
Argentina Argentine,Brazil Brazilian,Israel Israeli,Afghanistan Afghan,Fiji Fijian,Jamaica Jamaican"""
COUNTRIES = [c.split() for c in COUNTRIES.replace("\n", "").split(",")]
FIRST = "Anders Tomas Elena Karim Joseph Miguel Lucia Hana Viktor Samuel Amina Pavel Ingrid Carlos Rashid Mary Daniel Noor Ivan Grace".split()
LAST = """Holmdal Brekke Okoth Mbela Tarvas Quiroga Lindqvist Haddad Petrov Varga Nkemi Solberg Morales Dushku Tanvir Kovac Ramires
Adeyo Osei Kamara Bekele Farouki Nasser Yilmaz Costa Almeida Horvat Sato Tran Wibowo""".split()

# kind -> phrases; N the country, A its adjective, P a person; "|p" marks a plural
KINDS = {
    "G": ["N", "N", "N", "N", "the A government", "the A government", "A officials|p", "A Foreign Minister P", "A President P",
          "President P of N", "the A prime minister", "the A foreign ministry", "N's foreign ministry", "the A parliament",
          "A lawmakers|p", "the government of N", "A Prime Minister P", "the authorities in N|p", "A diplomats|p",
          "N and Malta|p", "Fiji, Tonga and N|p", "P, who leads the A government,", "the A government of P", "senior A officials|p", "the ruling party of N",
          "the country's A neighbours|p", "the administration of P in N", "a high-ranking A delegation", "A Ambassador P", "A senator P",
          "P, the A foreign minister,", "the A president, P,", "A Defence Minister P", "the A finance ministry"],
    "A": ["the A army", "the A military", "A troops|p", "A forces|p", "A warplanes|p", "the A navy", "the A air force", "A soldiers|p",
          "A artillery", "N's army", "A fighter jets|p", "the armed forces of N|p"],
    "R": ["A rebels|p", "rebels in N|p", "the A Liberation Front", "A militants|p", "Islamist fighters in N|p", "a A militia", "gunmen in N|p",
          "A separatists|p", "the People's Movement of N", "A insurgents|p", "fighters loyal to P|p", "the armed group of P", "the N-backed Army of Dawn",
          "jihadists holed up in N|p", "a breakaway faction led by P", "the Popular Front (PF)", "a drug cartel in N", "fighters from the hills of N|p"],
    "C": ["A students|p", "A farmers|p", "thousands of A protesters|p", "dock workers in N|p", "A nurses|p", "A teachers|p", "the A miners' union",
          "opposition supporters in N|p", "A truck drivers|p", "railway workers in N|p", "A pensioners|p", "refugees in N|p", "A prison guards|p",
          "hundreds of people in N|p", "A lawyers|p"],
    "M": ["a A opposition leader", "opposition leader P", "a A journalist", "three A activists|p", "a A newspaper", "two A nationals|p",
          "a suspected smuggler", "A human rights groups|p", "the main A opposition party", "dozens of demonstrators in N|p", "a A cleric",
          "A reporters|p", "former A President P", "a former A minister", "a A trade unionist", "the leader of a A party", "14 A migrants|p",
          "P, a A blogger,", "A students|p", "P, 34, a lecturer from N,", "26 alleged members of a A gang|p", "a A man", "a A woman and her son|p",
          "a suspected A militant", "two men accused of spying for N|p", "the captain of a A rescue ship", "nine former members of the A cabinet|p",
          "a A radio station", "the editor of a newspaper in N", "A civilians|p", "villagers in northern N|p"],
    "P": ["police in N|p", "A police|p", "the A authorities|p", "security forces in N|p", "A border guards|p", "the A intelligence service",
          "the A interior ministry", "A riot police|p", "A immigration officers|p", "the A coast guard"],
    "J": ["a court in N", "a A court", "a A judge", "A prosecutors|p", "the A supreme court", "the attorney general of N", "a tribunal in N"],
    "O": ["the United Nations", "the African Union", "the European Union", "the World Bank", "the International Monetary Fund", "the Arab League",
          "NATO", "the UN Security Council", "the World Food Programme", "UNICEF", "the Commonwealth", "the World Health Organization",
          "the regional bloc", "the UN mission", "the European Commission"],
    "B": ["a A oil company", "the A central bank", "a A airline", "a shipping firm from N", "a A mining company", "the A state railway", "a A bank",
          "a car maker in N"],
    "N": ["the Red Cross", "a A charity", "aid workers from N|p", "Doctors of the World", "a relief agency based in N", "the A Red Crescent"],
    "F": ["1,200 A refugees|p", "refugees from N|p", "thousands of displaced A families|p", "people displaced by the war in N|p", "A asylum seekers|p",
          "flood victims in N|p", "some 40,000 people in northern N|p", "families who fled N|p", "300 wounded A civilians|p", "orphans in N|p",
          "people cut off by the floods in N, Malawi and Togo|p", "the hungry in eastern N|p"],
    "K": ["A peacekeepers|p", "about 300 A peacekeepers|p", "peacekeepers from N|p", "the A peacekeeping contingent", "the West African peace force"],
    "L": ["northern N", "villages in N|p", "a town in eastern N", "the border region of N", "rebel-held areas of N|p", "the south of N", "N's capital",
          "a suburb of the A capital", "parts of western N|p"],
}
TIMES = ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "late on Saturday", "on Sunday", "last week", "this week", "in March",
         "in late October", "last month", "yesterday", "on 12 May", "earlier this year", "in 1998", "overnight", "a day earlier", "this morning"]
TAILS = [", officials said", ", a spokesman said on Monday", ", state television reported", ", according to diplomats", ", witnesses said",
         ", the news agency reported", ", her office said", ", two sources said", " despite heavy rain", " for the second time in a month",
         " after months of delay", " in a move that surprised the markets", " ahead of the summit", ", a newspaper wrote", " amid rising tension",
         " in the presence of reporters", " at the end of a long day", ", it emerged", " without giving details", ", a monitor said"]
PURPOSES = [" to mark the anniversary", " to end a long dispute", " to help the economy recover", " to prevent further bloodshed", " to protect its citizens",
            " in an effort to calm the markets", " to find a way out of the crisis", " in order to save money", " to fight an epidemic",
            " in retaliation for an attack on a convoy", " in response to a missile test", " over its human rights record", " under a deal reached last year",
            " as part of a peace plan", " on suspicion of fraud", " to win votes at home", " to make up for past wrongs", " so that trade can go on",
            " after a meeting with aides", " following weeks of clashes", " as the deadline drew near", " to meet the needs of thousands of families",
            " aimed at stability in the region", " because of a row over fishing", " until the end of the year", " at the request of the council",
            " with the aim of protecting civilians", ", the first such step in ten years", ", a day before the vote", " in a dispute over gas",
            " to keep a promise made last year", " before leaving for home", ", saying the time was right", ", calling it a matter of honour"]
HEADS = ["According to a statement, ", "A spokesman said ", "State radio reported that ", "In a surprise move, ", "Meanwhile, ", "After a long silence, ",
         "For the first time in years, ", "At the weekend ", "Diplomats said that ", "As snow fell on the capital, ", "It was reported that ", "Earlier, "]
RELATIVE = ["which has a new cabinet", "which is short of cash", "long at odds with its neighbours", "a member of the council", "which holds the chair this year",
            "once a colony"]
RELATIVE_P = ["who came by bus", "long silent", "who number in the hundreds", "tired of waiting"]

FRIENDLY = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}
HOSTILE = {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
PROMISES = ["agreed to B", "has agreed to B", "offered to B", "promised to B", "pledged to B", "said it will B", "will B", "is ready to B", "is willing to B",
            "announced plans to B", "committed itself to G", "vowed to B", "is prepared to B", "plans to B next month", "said it would B",
            "announced that it will B", "has undertaken to B", "decided to B", "will B next week", "intends to B", "is set to B", "gave a promise to B"]
REFUSALS = ["refused to B", "has refused to B", "declined to B", "will not B", "ruled out G", "rejected calls to B", "said it would not B", "failed to B",
            "has no intention of G", "does not want to B", "would not B", "said it will not B", "has so far refused to B", "will never B",
            "is not ready to B", "said it had no plans to B", "rejected a demand to B", "did not B"]
THREATS = ["threatened to B", "warned that it would B", "vowed to B", "said it would B if nothing changed", "has threatened to B", "will B unless its terms are met",
           "is planning to B", "said it will B", "will B", "is considering G", "swore to B", "warned it might B"]
DENIALS = ["denied that it had D", "denied G", "rejected charges that it had D"]
REQUESTS = ["urged T to B", "called on T to B", "asked T to B", "demanded that T B", "appealed to T to B", "told T to B", "pressed T to B", "ordered T to B",
            "said T should B", "said T must B", "repeated its demand that T B", "begged T to B", "wants T to B"]
BLAMES = ["accused T of G", "condemned T for G", "criticised T's decision to B", "blamed T for G", "denounced T for G", "said T had D", "charged that T had D",
          "voiced concern about T's plan to B", "attacked T's decision to B", "complained that T had D", "will investigate whether T had D",
          "launched an inquiry into claims that T had D"]
PRAISES = ["praised T for G", "welcomed T's decision to B", "thanked T for G", "commended T for G", "defended T's decision to B", "applauded T for G",
           "backed T's decision to B", "congratulated T on G", "supports T's efforts to B", "welcomed T's offer to B"]

IRREGULAR = {}
for line in """be was been;give gave given;take took taken;send sent sent;meet met met;hold held held;speak spoke spoken;write wrote written;go went gone;
come came come;fly flew flown;say said said;tell told told;stand stood stood;make made made;sit sat sat;strike struck struck;shake shook shaken;
sell sold sold;buy bought bought;build built built;win won won;put put put;swear swore sworn;set set set;cut cut cut;shut shut shut;break broke broken;
withdraw withdrew withdrawn;withhold withheld withheld;leave left left;lay laid laid;let let let;hit hit hit;shoot shot shot;fight fought fought;
find found found;seek sought sought;sue sued sued;bring brought brought;draw drew drawn;begin began begun;beat beat beaten;sink sank sunk;
blow blew blown;throw threw thrown;drive drove driven;burn burned burned;get got got;keep kept kept;lead led led;forbid forbade forbidden;
ride rode ridden;rise rose risen;run ran run;overrun overran overrun;overthrow overthrew overthrown;hang hanged hanged;dig dug dug;shave shaved shaved;
forgive forgave forgiven;uphold upheld upheld;bend bent bent;lend lent lent;feed fed fed;pay paid paid;hear heard heard;ring rang rung;
spurn spurned spurned;cast cast cast;read read read;see saw seen;tear tore torn;lose lost lost;understand understood understood;undertake undertook undertaken;
overturn overturned overturned;bid bade bidden;stick stuck stuck;quit quit quit;seal sealed sealed;slap slapped slapped;spy spied spied;wage waged waged;
bow bowed bowed;vow vowed vowed;rebut rebutted rebutted;do did done;have had had;know knew known;become became become;teach taught taught;
catch caught caught;think thought thought;hide hid hidden;step stepped stepped;steal stole stolen;flee fled fled;thin thinned thinned;rain rained rained;
wear wore worn;freeze froze frozen;unfreeze unfroze unfrozen;shine shone shone;rap rapped rapped""".replace("\n", "").split(";"):
    a, b, c = line.split()
    IRREGULAR[a] = (b, c)
DOUBLE = {"expel", "commit", "admit", "permit", "submit", "travel", "signal", "cancel", "quarrel", "rebut", "swap", "refer", "label", "level", "acquit", "handcuff"} - {"handcuff"}
NO_DOUBLE = {"jail", "fail", "vow", "bow"}


def stem_doubles(v):
    return v in DOUBLE or (v not in NO_DOUBLE and re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", v) is not None)


def forms(v):
    """base, past, participle, gerund, third person"""
    if v == "be":
        return "be", "was", "been", "being", "is"
    if v in IRREGULAR:
        past, part = IRREGULAR[v]
    else:
        past = v + "d" if v.endswith("e") else v[:-1] + "ied" if re.search(r"[^aeiou]y$", v) else v + v[-1] + "ed" if stem_doubles(v) else v + "ed"
        part = past
    ger = v[:-1] + "ing" if re.search(r"[^eoy]e$", v) and not v.endswith("ee") else v + v[-1] + "ing" if stem_doubles(v) or v in ("begin", "cut", "put", "set", "let", "hit", "shut", "get", "run", "sit", "overrun", "win") else v + "ing"
    if v.endswith("ie"):
        ger = v[:-2] + "ying"
    third = v + "es" if re.search(r"(s|sh|ch|x|z|o)$", v) else v[:-1] + "ies" if re.search(r"[^aeiou]y$", v) else v + "s"
    return v, past, part, ger, third


BASE, PAST, PART, GER, THIRD = range(5)
VERBS = set()


def inflect(phrase, form, plural=False):
    words = phrase.split(" ")
    f = forms(words[0])[form]
    if words[0] == "be":
        f = {"was": "were", "is": "are"}.get(f, f) if plural else f
    elif form == THIRD and plural:
        f = words[0]
    words[0] = f
    for i in range(2, len(words)):
        if words[i - 1] == "and" and words[i] in VERBS and i < 7:
            words[i] = words[i] if form == THIRD and plural else forms(words[i])[form]
    return " ".join(words)


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.clauses = []    # (type, kinds of S, of T, phrase)
        self.sentences = []  # (type, text)

    def load(self, folder):
        for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
            kind, heads = os.path.basename(path)[:-4].upper(), ("G", "G")
            for line in open(path, encoding="utf-8"):
                line = line.strip()
                if not line or line[0] == "#":
                    continue
                if line[0] == "[":
                    heads = tuple(line.strip("[]").split())
                elif line[0] == "=":
                    self.sentences.append((kind, line[1:].strip()))
                else:
                    self.clauses.append((kind, heads[0], heads[1], line))
                    VERBS.add(line.split()[0])
        VERBS.update(["talk", "train", "wound", "follow", "hand", "seize", "hold", "enter", "abducted"])

    def actor(self, kinds, used):
        r = self.r
        while True:
            c = r.choice(COUNTRIES)
            if c[0] not in used:
                break
        used.add(c[0])
        kind = r.choice(kinds)
        if kind == "G" and r.random() < .4:
            phrase = "N"
        elif kind in "GA" and r.random() < .12:
            phrase = r.choice(["A~ troops|p", "A~ forces|p", "A~ police|p", "A~ negotiators|p", "N~ government officials|p"] if kind == "A" or r.random() < .3 else
                              ["A~ officials|p", "A~ leaders|p", "N~'s foreign minister", "N~'s president, P,", "the government of ~N", "the president of ~N"])
        else:
            phrase = r.choice(KINDS[kind])
        plural = phrase.endswith("|p")
        phrase = phrase.removesuffix("|p")
        person = r.choice([r.choice(FIRST) + " ", ""]) + r.choice(LAST)
        text = re.sub(r"\b[NAP]\b", lambda m: {"N": c[0], "A": c[1], "P": person}[m.group()], phrase)
        text = re.sub(r"\ba ([AEIO]|Ug)(?!U)", r"an \1", text) if "a U" not in text or "a Ug" in text else text
        return text, plural

    def fill(self, text, who, tag):
        """Puts an actor in the place of {S} or {T}; tag None: unmarked."""
        name, _ = who
        tail = "," if name.endswith(",") else ""
        name = name.rstrip(",")
        open_, close = ("<%s>" % tag, "</%s>" % tag) if tag else ("", "")
        if name.startswith("the ") and "~" in name: # the government of ~Norway
            open_, name = name.split("~")[0] + open_, name.split("~")[1]
        elif "~" in name:
            name, rest = name.split("~")
            close, tail = close + rest, tail

        def put(m):
            own = m.group(1) or ""
            if own and re.sub("<[^>]*>", "", name + close).endswith("s"):
                own = "'"
            comma = tail if not own and not text[m.end():m.end() + 1] in ",.;" else ""
            return open_ + name + close + comma + own
        first = re.search(r"\{%s\}" % "X", text)
        text = re.sub(r"\{X\}('s)?", put, text, count=1)
        return re.sub(r"\{X\}('s)?", lambda m: name.replace("~", "") + ("" if not m.group(1) else "'" if name.endswith("s") else "'s"), text) if first else text

    def put(self, text, s, t, marks=("s", "t")):
        text = self.fill(text.replace("{S}", "{X}"), s, marks[0])
        return self.fill(text.replace("{T}", "{X}"), t, marks[1])

    def other(self, used):
        """A clause of other actors, unmarked, in the past."""
        kind, sk, tk, phrase = self.r.choice(self.clauses)
        s, t = self.actor(sk, used), self.actor(tk, used)
        vp = re.sub(r"\bT\b", "{T}", inflect(phrase, PAST, s[1]))
        return self.put("{S} " + self.its(vp, s), s, t, (None, None))

    def its(self, vp, s):
        if not s[1] and any(name in s[0] for name in LAST):
            vp = re.sub(r"\bitself\b", "himself", re.sub(r"\bits\b", "his", re.sub(r"\bit\b(?= (will|would|had|has|is))", "he", vp)))
        return re.sub(r"\bitself\b", "themselves", re.sub(r"\bits\b", "their", re.sub(r"\bit\b", "they", vp))) if s[1] else vp

    def inner(self, kinds, used, form):
        """A verb phrase of a type among kinds, about others."""
        kind, sk, tk, phrase = self.r.choice([c for c in self.clauses if c[0] in kinds])
        t = self.actor(tk, used)
        return self.put(re.sub(r"\bT\b", "{T}", inflect(phrase, form)), ("", False), t, (None, None))

    def finish(self, text):
        r = self.r
        text = re.sub(r" +", " ", text).strip()
        text = re.sub(r",+([.,])", r"\1", text)
        text = re.sub(r"\b(a) (?=(<[st]>)?[AEIO]\w|Ug)", "an ", text)
        m = re.match(r"(<[st]>)?(.)", text)
        text = (m.group(1) or "") + m.group(2).upper() + text[m.end():]
        return text if text.endswith(".") else text + "."

    def dress(self, clause, used):
        """Puts something before or behind a finished clause."""
        r = self.r
        x = r.random()
        if r.random() < .04:
            clause = self.r.choice(COUNTRIES)[0].upper() + ", March %d (Reuters) - " % r.randint(2, 30) + clause
        if x < .13:
            clause += r.choice(TAILS)
        elif x < .28:
            clause += r.choice(PURPOSES)
        elif x < .40:
            clause = r.choice(HEADS) + clause
        elif x < .52:
            clause += r.choice([", hours after ", ", a day after ", " while ", ", as ", ", although "]) + self.other(used)
        elif x < .58:
            clause = r.choice(["After ", "Days after ", "Shortly before "]) + self.other(used) + ", " + clause
        elif x < .62:
            clause = self.other(used) + r.choice([", and ", " but ", "; "]) + clause
        return clause

    def clause_rows(self, c):
        kind, sk, tk, phrase = c
        r, rows = self.r, []
        vp = lambda form, s: self.its(re.sub(r"\bT\b", "{T}", inflect(phrase, form, s[1])), s)
        direct = re.fullmatch(r"(\w+) T( .*)?", phrase)
        noun = re.fullmatch(r"(impose|lift|send|give|launch|sign|release|provide|donate|deliver|ship|withdraw|halt|suspend|cancel|reject|dismiss|veto|block|seize|"
                            r"deploy|condemn|denounce|criticise|praise|welcome|endorse|break|sever|fire|drop|demand|stage|hold|return|free|open|approve|ratify|"
                            r"conclude|issue|file|carry|mass|mobilise|extend|tighten|renew|ban|freeze|cut|ease|scrap) ((?:[\w$-]+ ){1,4}?)(on|against|to|from|in|of|with|over|for|by) T( .*)?", phrase)
        frames = ["past", "past", "perfect", "said", "dress", "relative", "headline", "progressive", "gerund"]
        if direct:
            frames += ["passive", "passive", "passive2", "whom"]
        if noun:
            frames += ["noun"]
        picks = r.sample(sorted(set(frames)), min(4, len(set(frames))))
        if kind in FRIENDLY:
            picks += [r.choice(["promise", "refusal"])]
        if kind in HOSTILE and r.random() < .5:
            picks += ["threat"]
        if kind in FRIENDLY | HOSTILE:
            picks += [] if r.random() < .6 else [r.choice(["request", "blame" if kind in HOSTILE else "praise", "denial" if kind in HOSTILE else "request"])]
        if phrase.startswith("be ") or phrase.startswith("say "):
            picks = r.sample(["past", "perfect", "dress", "headline"], 2)
        for frame in picks:
            used = set()
            s, t = self.actor(sk, used), self.actor("GL" if tk == "G" and r.random() < .2 else tk, used)
            label, has, was = kind, "have" if s[1] else "has", "were" if t[1] else "was"
            when = r.choice(TIMES)
            if frame in ("past", "dress"):
                text = r.choice(["{S} %s %s", "{S} %s %s", "%s, {S} %s", "{S} %s"])
                v = vp(PAST, s)
                text = text % ((when, v) if text.startswith("%s") or r.random() < .5 else (v, when)) if text.count("%s") == 2 else text % v
                if frame == "dress":
                    text = self.dress(text, used)
            elif frame == "perfect":
                text = self.dress("{S} %s %s%s" % (has, r.choice(["", "", "already ", "again "]), vp(PART, s)), used)
            elif frame == "said":
                text = "{S} said %s%s had %s" % (r.choice(["", when + " "]), "they" if s[1] else "he" if any(n in s[0] for n in LAST) else "it", vp(PART, s))
            elif frame == "relative":
                text = "{S}, %s, %s" % (r.choice(RELATIVE_P if s[1] else RELATIVE), vp(PAST, s))
                text = self.dress(text, used)
            elif frame == "headline":
                text = re.sub(r"\b(the|a|an|its) ", "", "{S} " + vp(THIRD, s))
            elif frame == "progressive":
                text = self.dress("{S} %s %s" % (r.choice(["are" if s[1] else "is", "were" if s[1] else "was", "began", "continued", has + " been"]), vp(GER, s)), used)
            elif frame == "gerund":
                text = self.other(used) + r.choice([" after ", " before ", ", prompting protests when "]) + "{S} " + vp(PAST, s)
            elif frame == "passive":
                rest = direct.group(2) or ""
                v = forms(direct.group(1))[PART]
                text = r.choice(["{T} %s %s by {S}%s" % (was, v, rest), "{T} %s %s%s by {S}" % (was, v, rest), "{T} %s been %s by {S}%s" % ("have" if t[1] else "has", v, rest)])
                text = self.dress(text, used)
            elif frame == "passive2":
                text = "%s %s by {S}%s, {T} %s" % (r.choice(["Once", "When", "After being"]), forms(direct.group(1))[PART], direct.group(2) or "", r.choice(["kept silent", "asked for time", "called the day a dark one"]))
            elif frame == "whom":
                text = "{T}, %s {S} %s%s%s" % ("whom" if tk[0] in "MCR" else "which", r.choice(["", "has ", "had "]), "\0", direct.group(2) or "")
                text = text.replace("\0", forms(direct.group(1))[PART] if "has" in text or "had" in text else forms(direct.group(1))[PAST]) + r.choice([", did not comment", ", is small", ", lost its market"])
                text = re.sub(r"\{S\} has ", "{S} %s " % has, text)
            elif frame == "noun":
                thing = noun.group(2).strip()
                many = thing.split()[-1].endswith("s") or thing.split()[-1] in ("troops", "police")
                part = forms(noun.group(1))[PART]
                if noun.group(1) == "carry":
                    part, thing = part + " out", thing.removeprefix("out ")
                head = re.sub(r"^its ", "", thing)
                be = "were" if many else "was"
                text = r.choice(["%s %s {T}%s %s %s by {S}" % (head, noun.group(3), noun.group(4) or "", be, part), "%s %s %s %s {T} by {S}%s" % (head, be, part, noun.group(3), noun.group(4) or "")])
                text = self.dress(text, used)
            elif frame in ("promise", "refusal", "threat", "denial"):
                label, pool = dict(promise=("AGREE", PROMISES), refusal=("REJECT", REFUSALS), threat=("THREATEN", THREATS), denial=("REJECT", DENIALS))[frame]
                text = "{S} " + self.operator(r.choice(pool), phrase, s)
                text = self.dress(text, used) if r.random() < .6 else text
                if label == "REJECT" and frame == "refusal" and r.random() < .25:
                    text += r.choice([" until its terms are met", " before the vote", ", a spokesman said"])
            else:
                label, pool, kinds, t = dict(request=("REQUEST", REQUESTS, FRIENDLY | {"RETREAT", "CONCEDE"}, t), blame=("ACCUSE", BLAMES, HOSTILE, t),
                                             praise=("SUPPORT", PRAISES, FRIENDLY, t))[frame]
                s, t = self.actor("GGGO", used), self.actor("GGGR" if frame == "blame" else "G", used)
                text = re.sub(r"\bT\b", "{T}", r.choice(pool))
                for code, form in (("B", BASE), ("G", GER), ("D", PART)):
                    text = re.sub(r"\b%s\b" % code, lambda m: self.inner(kinds, used, form), text)
                text = "{S} " + self.its(text, s)
                text = self.dress(text, used) if r.random() < .5 else text
            rows.append((label, self.finish(self.put(text, s, t))))
        return rows

    def operator(self, frame, phrase, s):
        has = {"has": "have", "is": "are", "does": "do", "was": "were"} if s[1] else {}
        words = frame.split(" ")
        words[0] = has.get(words[0], words[0])
        frame = self.its(" ".join(words), s)
        for code, form in (("B", BASE), ("G", GER), ("D", PART)):
            frame = re.sub(r"\b%s\b" % code, lambda m: re.sub(r"\bT\b", "{T}", self.its(inflect(phrase, form), s)), frame)
        return frame

    # which actors a whole sentence takes
    SENTENCE = dict(AGREE="GO G", CONSULT="G G", SUPPORT="G G", COOPERATE="G G", AID="GO GL", CONCEDE="G GM", RETREAT="GA GL", REQUEST="GO G", ACCUSE="GO GM",
                    REJECT="GO GC", THREATEN="GR G", PROTEST="C GB", SANCTION="GO G", MOBILIZE="GA GL", COERCE="PG MC", ASSAULT="AR ARL", NONE="G GL")

    def sentence_rows(self, kind, text):
        rows = []
        for i in range(3):
            used = set()
            sk, tk = self.SENTENCE[kind].split()
            s, t = self.actor(sk, used), self.actor(tk, used)
            if kind == "PROTEST" and "by {S}" in text or " of {S}" in text:
                s = (s[0].removeprefix("thousands of "), s[1])
            line = text
            if s[1] and re.search(r"\{S\} (is|was|has|does)\b", line):
                line = re.sub(r"(\{S\} )(is|was|has|does)\b", lambda m: m.group(1) + dict(has="have", does="do", was="were")[m.group(2)] if m.group(2) != "is" else m.group(1) + "are", line)
            if t[1]:
                line = re.sub(r"(\{T\} )(is|was|has)\b", lambda m: m.group(1) + {"is": "are", "was": "were", "has": "have"}[m.group(2)], line)
            line = line.rstrip(".")
            if i:
                line = self.dress(line, used)
            rows.append((kind, self.finish(self.put(line, s, t))))
        return rows


def main():
    out = sys.argv[1]
    m = Maker(SEED)
    m.load(os.path.join(HERE, "relate"))
    rows = []
    for c in m.clauses:
        rows += m.clause_rows(c)
    for kind, text in m.sentences:
        rows += m.sentence_rows(kind, text)
    by = {}
    for label, text in rows:
        if "<s>" in text and "<t>" in text:
            by.setdefault(label, {})[text] = 1
    for label in sorted(by):
        with open(os.path.join(out, label.lower() + ".tsv"), "w", encoding="utf-8") as f:
            f.write("# %s: own sentences with a marked pair, %d. Made by train/relate_corpus.py from\n"
                    "# train/relate, seed %d. Licence: Apache-2.0. Date: 2026-11-29.\n" % (label, len(by[label]), SEED))
            for text in by[label]:
                f.write("%s\t%s\n" % (label, text))
    print({k: len(v) for k, v in sorted(by.items())}, sum(len(v) for v in by.values()), "sentences")


main()
