// language.c - see language.h.
//
// A few function words make a third of any text, and nearly none of them are
// shared: counting them tells the languages of the Latin and Cyrillic scripts
// apart in a few sentences. Other scripts tell by themselves.
// SPDX-License-Identifier: Apache-2.0
#include "read/language.h"
#include "base/utf8.h"

enum { SAMPLE = 1 << 12, LEAST_WORDS = 12, WORD_BYTES = 24 };

typedef struct Language Language;
struct Language {
  const char *code;
  const char *words; // in small letters, parted and enclosed by blanks
};

static const Language languages[] = {
    {"en", " the of and to in that is was for it with as his on be at by had not are but from have "
           "an they which were their said has will who been would he she its this "},
    {"de", " der die und den von zu das mit sich des auf f\u00fcr ist im dem nicht ein eine als auch es "
           "werden aus er hat dass sie nach wird bei einer um sind noch wie haben war wurde "},
    {"fr", " le les des et du une est que dans qui pour au sur pas plus par avec ce il sont ont aux "
           "cette mais ses \u00e0 \u00e9t\u00e9 comme leur nous o\u00f9 "},
    {"es", " el los las y del que una por con para se su al lo como m\u00e1s pero sus ha fue este sobre "
           "entre cuando desde est\u00e1 son tambi\u00e9n "},
    {"pt", " os as uma que do da dos das em um para com n\u00e3o por mais ao na no nos nas pelo pela foi "
           "s\u00e3o tamb\u00e9m \u00e9 ser est\u00e1 seu sua "},
    {"it", " il di che la e per un una del della dei delle con non sono nel alla pi\u00f9 gli anche \u00e8 "
           "ha come dal al nella ma lo si questo "},
    {"nl", " het een van en dat niet voor met zijn op aan ook te bij om maar er wordt hij naar heeft "
           "uit nog worden deze "},
    {"sv", " och att det som en p\u00e5 \u00e4r av f\u00f6r med den till inte har om ett men var fr\u00e5n de kan ska "},
    {"no", " og det som en p\u00e5 er av for med den til ikke har om et men var fra de kan skal han ble "},
    {"pl", " w i na z nie si\u0119 do \u017ce jest to o jak po dla od przez ale czy oraz tego kt\u00f3re by\u0142 "},
    {"cs", " a se v na \u017ee je s z do o i to jako pro za po ale by jsou byl kter\u00e9 kter\u00fd tak od "},
    {"ro", " \u0219i de la a \u00een cu pe care din nu mai este o pentru s\u0103 au fost un cea lui prin "},
    {"hu", " a az \u00e9s hogy nem is egy meg van volt m\u00e1r csak ez azt mint k\u00f6z\u00f6tt sz\u00e1m\u00e1ra "},
    {"tr", " ve bir bu i\u00e7in ile da de olarak olan gibi daha \u00e7ok kadar sonra oldu\u011funu ancak ise "},
    {"id", " yang dan di dengan untuk dari ini pada tidak itu dalam akan oleh juga karena ada tersebut "
           "kepada para telah "},
    {"vi", " v\u00e0 c\u1ee7a c\u00e1c l\u00e0 cho trong \u0111\u01b0\u1ee3c v\u1edbi kh\u00f4ng nh\u1eefng m\u1ed9t c\u00f3 \u0111\u00e3 n\u00e0y khi "},
    {"ru", " \u0438 \u0432 \u043d\u0430 \u043d\u0435 \u0447\u0442\u043e \u0441 \u043f\u043e \u043a\u0430\u043a \u044d\u0442\u043e \u043a \u0438\u0437 \u0437\u0430 \u043e\u0442 \u043e \u0434\u043b\u044f \u0438\u0445 \u043e\u043d \u0431\u044b\u043b\u043e \u0442\u0430\u043a\u0436\u0435 \u043a\u043e\u0442\u043e\u0440\u044b\u0435 \u043f\u0440\u0438 "},
    {"uk", " \u0456 \u0442\u0430 \u0449\u043e \u043d\u0430 \u043d\u0435 \u0437 \u0443 \u0434\u043e \u0437\u0430 \u0446\u0435 \u044f\u043a \u0432\u0456\u0434 \u043f\u0440\u043e \u0434\u043b\u044f \u0439\u043e\u0433\u043e \u0454 \u044f\u043a\u0456 \u0442\u0430\u043a\u043e\u0436 \u043f\u0456\u0434 "},
    {"bg", " \u0438 \u043d\u0430 \u0432 \u0441\u0435 \u0437\u0430 \u0434\u0430 \u043e\u0442 \u0441\u0430 \u0435 \u0447\u0435 \u0441 \u043f\u043e \u043d\u0435 \u0442\u043e\u0432\u0430 \u043a\u043e\u0438\u0442\u043e \u0449\u0435 \u043a\u0430\u0442\u043e \u0431\u0435\u0448\u0435 "},
};

// The scripts that one language mostly writes.
static const struct {
  const char *code;
  uint32_t first, last;
} scripts[] = {{"el", 0x370, 0x3FF},    {"he", 0x590, 0x5FF},    {"ar", 0x600, 0x6FF},
               {"hi", 0x900, 0x97F},    {"bn", 0x980, 0x9FF},    {"ta", 0xB80, 0xBFF},
               {"th", 0xE00, 0xE7F},    {"ka", 0x10A0, 0x10FF},  {"ja", 0x3040, 0x30FF},
               {"zh", 0x4E00, 0x9FFF},  {"ko", 0xAC00, 0xD7AF}};

// A letter in its small form: ASCII, Latin-1, Cyrillic.
static uint32_t small(uint32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
    return c + 32;
  return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

Str language_of(Str text) {
  uint32_t letters = 0, words = 0, hits[COUNT(languages)] = {0}, in[COUNT(scripts)] = {0};
  text.len = MIN(text.len, (size_t)SAMPLE);
  Out word = {0};
  out_char(&word, ' ');
  for (size_t at = 0; at < text.len || word.len > 1;) {
    bool end = at >= text.len;
    uint32_t code = end ? ' ' : utf8_next(text, &at);
    bool letter = code != 0xFFFD && (utf8_is_letter(code) || code > 0x2FFF);
    if (letter) {
      letters++;
      for (size_t i = 0; i < COUNT(scripts) && code >= 0x370; i++)
        in[i] += code >= scripts[i].first && code <= scripts[i].last;
      if (word.len < WORD_BYTES)
        utf8_put(&word, small(code));
      continue;
    }
    if (word.len > 1) {
      words++;
      out_char(&word, ' ');
      for (size_t i = 0; i < COUNT(languages); i++)
        hits[i] += str_find(str_of(languages[i].words), (Str){word.at, word.len}, NULL);
    }
    word.len = 1;
  }
  out_free(&word);
  // kana are fewer than the Chinese characters among them
  size_t japanese = 8, chinese = 9;
  if (in[japanese] * 10 > in[chinese] && in[chinese])
    in[japanese] += in[chinese], in[chinese] = 0;
  for (size_t i = 0; i < COUNT(scripts); i++)
    if (2 * in[i] > letters && in[i] > LEAST_WORDS)
      return str_of(scripts[i].code);
  size_t best = 0;
  for (size_t i = 1; i < COUNT(languages); i++)
    if (hits[i] > hits[best])
      best = i;
  if (!best && hits[0] * 20 > words && hits[0])
    return STR("en");
  bool clear = words >= LEAST_WORDS && hits[best] >= 4 && hits[best] > 2 * hits[0] &&
               hits[best] * 10 > words;
  return best && clear ? str_of(languages[best].code) : STR("");
}
