// image.c - reading and writing the knowledge image.
// SPDX-License-Identifier: Apache-2.0
#include "model/image.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Header Header;
struct Header {
  char magic[8];
  uint32_t order, version;
  uint64_t size;
  uint32_t count, reserved;
};

typedef struct Section Section;
struct Section {
  char name[IMAGE_NAME];
  uint64_t offset, size;
  uint32_t item, items;
};

enum { ORDER = 0x01020304, SECTION_LIMIT = 256, ALIGNMENT = 64 };
static const char magic[8] = "BEDEIMG";

static BedeStatus check(Image *image, const char *path, BedeError *err) {
  const Header *h = (const void *)image->at;
  if (image->size < sizeof *h || memcmp(h->magic, magic, sizeof magic))
    return fail(err, BEDE_IMAGE, "%s: is no knowledge image", path);
  if (h->order != ORDER)
    return fail(err, BEDE_IMAGE,
                "%s: was made on a machine of another byte order; make it anew "
                "with `bede data build`",
                path);
  if (h->version != IMAGE_VERSION)
    return fail(err, BEDE_IMAGE,
                "%s: is of version %u, this program reads version %d; make it "
                "anew with `bede data build`",
                path, h->version, IMAGE_VERSION);
  if (h->size != image->size)
    return fail(err, BEDE_IMAGE, "%s: is cut off (%zu bytes of %llu)", path,
                image->size, (unsigned long long)h->size);
  if (h->count > SECTION_LIMIT ||
      image->size - sizeof *h < h->count * sizeof(Section))
    return fail(err, BEDE_IMAGE, "%s: the list of sections is damaged", path);
  const Section *s = (const void *)(h + 1);
  for (uint32_t i = 0; i < h->count; i++) {
    if (s[i].offset % ALIGNMENT || s[i].offset > image->size ||
        s[i].size > image->size - s[i].offset || !s[i].item ||
        (uint64_t)s[i].item * s[i].items != s[i].size ||
        !memchr(s[i].name, 0, IMAGE_NAME))
      return fail(err, BEDE_IMAGE, "%s: section %u is damaged", path, i);
    if (!strcmp(s[i].name, "strings")) {
      image->strings = image->at + s[i].offset;
      image->strings_size = s[i].size;
    }
  }
  if (!image->strings_size || image->strings[image->strings_size - 1])
    return fail(err, BEDE_IMAGE, "%s: has no strings", path);
  return BEDE_OK;
}

BedeStatus image_open(const char *path, Image *out, BedeError *err) {
  *out = (Image){0};
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(err, BEDE_IO, "%s: cannot open: %s", path, strerror(errno));
  struct stat st;
  BedeStatus status = BEDE_OK;
  void *at = MAP_FAILED;
  if (fstat(file, &st) || !S_ISREG(st.st_mode))
    status = fail(err, BEDE_IO, "%s: is no file", path);
  else if (st.st_size < (off_t)sizeof(Header))
    status = fail(err, BEDE_IMAGE, "%s: is no knowledge image", path);
  else if ((at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, file, 0)) == MAP_FAILED)
    status = fail(err, BEDE_IO, "%s: cannot map: %s", path, strerror(errno));
  close(file);
  if (status)
    return status;
  *out = (Image){.at = at, .size = (size_t)st.st_size, .mapped = true};
  if ((status = check(out, path, err)))
    image_close(out);
  return status;
}

BedeStatus image_take(char *bytes, size_t size, const char *name, Image *out,
                      BedeError *err) {
  *out = (Image){.at = bytes, .size = size};
  BedeStatus status = check(out, name, err);
  if (status)
    image_close(out);
  return status;
}

void image_close(Image *image) {
  if (image->mapped)
    munmap((void *)image->at, image->size);
  else
    free((void *)image->at);
  *image = (Image){0};
}

BedeStatus image_section(const Image *image, const char *name, size_t item,
                         const void **out, uint32_t *count, BedeError *err) {
  const Header *h = (const void *)image->at;
  const Section *s = (const void *)(h + 1);
  for (uint32_t i = 0; i < h->count; i++)
    if (!strcmp(s[i].name, name)) {
      if (s[i].item != item)
        return fail(err, BEDE_IMAGE, "the image's section %s has records of %u bytes, not %zu",
                    name, s[i].item, item);
      *out = image->at + s[i].offset;
      *count = s[i].items;
      return BEDE_OK;
    }
  return fail(err, BEDE_IMAGE, "the image has no section %s", name);
}

const char *image_string(const Image *image, Name32 name) {
  return name < image->strings_size ? image->strings + name : "";
}

// ---- writing

typedef struct Piece Piece;
struct Piece {
  char name[IMAGE_NAME];
  char *at;
  size_t size;
  uint32_t item, items;
};

struct ImageWriter {
  Out strings;
  uint32_t *slots; // open addressing over interned strings; 0 is free
  uint32_t slot_count, used;
  Piece pieces[SECTION_LIMIT];
  uint32_t count;
};

ImageWriter *image_writer_new(void) {
  ImageWriter *w = calloc(1, sizeof *w);
  if (!w)
    out_of_memory();
  out_char(&w->strings, 0);
  return w;
}

void image_writer_free(ImageWriter *w) {
  if (!w)
    return;
  for (uint32_t i = 0; i < w->count; i++)
    free(w->pieces[i].at);
  out_free(&w->strings);
  free(w->slots);
  free(w);
}

static void rehash(ImageWriter *w) {
  uint32_t old_count = w->slot_count, *old = w->slots;
  w->slot_count = old_count ? 2 * old_count : 1024;
  w->slots = calloc(w->slot_count, sizeof *w->slots);
  if (!w->slots)
    out_of_memory();
  for (uint32_t i = 0; i < old_count; i++)
    if (old[i]) {
      uint32_t at = (uint32_t)hash_str(str_of(w->strings.at + old[i])) & (w->slot_count - 1);
      while (w->slots[at])
        at = (at + 1) & (w->slot_count - 1);
      w->slots[at] = old[i];
    }
  free(old);
}

Name32 image_add_string(ImageWriter *w, Str s) {
  if (!s.len)
    return 0;
  if (2 * w->used >= w->slot_count)
    rehash(w);
  uint32_t at = (uint32_t)hash_str(s) & (w->slot_count - 1);
  for (; w->slots[at]; at = (at + 1) & (w->slot_count - 1))
    if (str_equal(str_of(w->strings.at + w->slots[at]), s))
      return w->slots[at];
  w->slots[at] = (uint32_t)w->strings.len;
  w->used++;
  out_str(&w->strings, s);
  out_char(&w->strings, 0);
  return w->slots[at];
}

void image_add(ImageWriter *w, const char *name, const void *items, size_t item,
               uint32_t count) {
  if (w->count && !strcmp(w->pieces[w->count - 1].name, "strings"))
    free(w->pieces[--w->count].at); // of an earlier image_write
  if (w->count == SECTION_LIMIT || strlen(name) >= IMAGE_NAME)
    out_of_memory(); // our own mistake, and never met
  Piece *p = &w->pieces[w->count++];
  strncpy(p->name, name, IMAGE_NAME - 1);
  p->size = item * count;
  p->item = (uint32_t)item;
  p->items = count;
  p->at = malloc(p->size + 1);
  if (!p->at)
    out_of_memory();
  if (p->size)
    memcpy(p->at, items, p->size);
}

char *image_write(ImageWriter *w, size_t *size) {
  image_add(w, "strings", w->strings.at, 1, (uint32_t)w->strings.len);
  size_t end = sizeof(Header) + w->count * sizeof(Section);
  for (uint32_t i = 0; i < w->count; i++)
    end = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + w->pieces[i].size;
  char *bytes = calloc(1, end);
  if (!bytes)
    out_of_memory();
  Header *h = (void *)bytes;
  *h = (Header){.order = ORDER, .version = IMAGE_VERSION, .size = end, .count = w->count};
  memcpy(h->magic, magic, sizeof magic);
  Section *s = (void *)(h + 1);
  size_t at = sizeof(Header) + w->count * sizeof(Section);
  for (uint32_t i = 0; i < w->count; i++) {
    const Piece *p = &w->pieces[i];
    at = (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    memcpy(s[i].name, p->name, IMAGE_NAME);
    s[i].offset = at, s[i].size = p->size;
    s[i].item = p->item, s[i].items = p->items;
    memcpy(bytes + at, p->at, p->size);
    at += p->size;
  }
  *size = end;
  return bytes;
}
