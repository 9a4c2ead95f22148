// confidence.h - how likely an event is right, by the features of its rule.
//
// words/confidence.txt has a weight for each feature, in hundredths of a logit,
// and what share of the events with such a sum were right ("curve"). Both are
// made by train/confidence.py from events that were read and judged.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/words.h"

float confidence_of(const Words *words, const Event *event);
