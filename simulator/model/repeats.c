#include "simulator/model/repeats.h"

/* The caches are compared where there is something to win: after so many equal words for each line, and so many in all;
   twice as many each time that they were not the same. */
#define WORDS_TO_ONE_LINE 1
#define LEAST_WORDS 50000
#define MOST_ATTEMPTS 16

/* The caches may be the same after several periods only, where their trees are turned by each; or not before the first
   few are over. So they are compared with what they held one period before, then two, four and eight: R. P. Brent, An
   improved Monte Carlo factorization algorithm, BIT 20, 1980. */
#define MOST_PERIODS 8

/* A program may do other things before it repeats itself. The history is filled so often before it is given up, and
   once more so often where so many words are the same already. */
#define PATIENCE 2
#define PROMISING_WORDS 65536

/* From one mark to the next, and how many words have to be the same at another place. */
#define WORDS_TO_ONE_MARK 16384
#define MARKED_WORDS 16

/* Marks are set at values that few others share these bits with: at most words one look is enough. */
#define UNMARKED_BITS (UINT64_C(0xf8) | SIM_HEAD)

/* Words that are simulated at once while marks are looked for. */
#define PORTION UINT64_C(4096)

static void search_on(struct sim_repeats* repeats) {
  repeats->state = SIM_SEARCHING;
  repeats->searched = repeats->history.place;
}

/* What comes next does not follow what is in the history. */
static void search_anew(struct sim_repeats* repeats) {
  for (uint32_t i = 0; i < SIM_REPEATS_MARKS; ++i) repeats->marks[i].place = UINT64_MAX;
  repeats->marked = repeats->history.place;
  search_on(repeats);
}

void sim_repeats_create(struct sim_repeats* repeats, struct sim_stream* stream, uint64_t* history, uint64_t size) {
  *repeats = (struct sim_repeats){.stream = stream, .history = {.words = history, .size = size}};
  sim_snapshot_create(&repeats->snapshot, stream->core, stream->branches);
  sim_period_create(&repeats->period, stream);
  search_anew(repeats);
}

void sim_repeats_destroy(struct sim_repeats* repeats) {
  sim_period_destroy(&repeats->period);
  sim_snapshot_destroy(&repeats->snapshot);
}

static uint64_t smaller(uint64_t one, uint64_t other) {
  return one < other ? one : other;
}

static void simulate(struct sim_repeats* repeats, const uint64_t* words, uint64_t count) {
  sim_stream_replay(repeats->stream, SIM_WHOLE_RUNS, words, count);
  sim_history_append(&repeats->history, words, count);
  repeats->idle += count;
}

static void take_branches(struct sim_repeats* repeats) {
  sim_snapshot_take_branches(&repeats->snapshot);
  sim_period_begin_branches(&repeats->period);
  repeats->taught = 0;
}

static void take_snapshot(struct sim_repeats* repeats) {
  sim_snapshot_take(&repeats->snapshot);
  sim_period_begin(&repeats->period);
  take_branches(repeats);
  repeats->has_snapshot = true;
  repeats->periods = 0;
}

static uint64_t worth_comparing(const struct sim_repeats* repeats) {
  return (WORDS_TO_ONE_LINE * sim_snapshot_lines(&repeats->snapshot) + LEAST_WORDS) << repeats->attempts;
}

/* After a whole period. Where periods are short, predictors are not compared after each. */
static void judge_branches(struct sim_repeats* repeats) {
  repeats->teaching = repeats->taught > 0 || !sim_snapshot_has_same_branches(&repeats->snapshot);
  if (!repeats->teaching) {
    sim_period_end_branches(&repeats->period);
    return;
  }
  repeats->taught += repeats->length;
  if (repeats->taught >= sim_snapshot_branch_words(&repeats->snapshot)) take_branches(repeats);
}

/* The last periods are one from now on, that leaves the caches as they are. */
static void begin_to_skip(struct sim_repeats* repeats) {
  sim_period_end(&repeats->period);
  repeats->length *= repeats->periods;
  repeats->skipped_periods = 0;
  repeats->known_periods = 0;
  repeats->state = SIM_SKIPPING;
  judge_branches(repeats);
}

static bool wait_for_more(struct sim_repeats* repeats) {
  const uint32_t more = 2 * repeats->waited_for;
  if (more > MOST_PERIODS || (more + 1) * repeats->length > repeats->history.size) return false;
  repeats->waited_for = more;
  return true;
}

static void forget_snapshot(struct sim_repeats* repeats) {
  repeats->has_snapshot = false;
  repeats->waited_for = 1;
}

/* After a whole period that was equal to the one before. */
static void judge_period(struct sim_repeats* repeats) {
  if (repeats->stream->begun_count > 0) { /* the words are the same, and the runs are not */
    search_anew(repeats);
    return;
  }
  if (repeats->has_snapshot) {
    ++repeats->periods;
    if (sim_snapshot_is_same(&repeats->snapshot)) {
      begin_to_skip(repeats);
      return;
    }
    if (repeats->periods < repeats->waited_for) return;
    if (wait_for_more(repeats)) {
      take_snapshot(repeats);
      return;
    }
    forget_snapshot(repeats);
    if (repeats->attempts < MOST_ATTEMPTS) ++repeats->attempts;
  }
  if (repeats->equal >= worth_comparing(repeats)) take_snapshot(repeats);
}

/* Returns how many of the words it has taken. */
static uint64_t compare(struct sim_repeats* repeats, const uint64_t* words, uint64_t count) {
  const uint64_t most = smaller(count, repeats->length - repeats->compared);
  const uint64_t same = sim_history_equal(&repeats->history, repeats->history.place - repeats->length, words, most);
  simulate(repeats, words, same);
  repeats->compared += same;
  repeats->equal += same;
  if (same < most) {
    search_on(repeats);
  } else if (repeats->compared == repeats->length) {
    repeats->compared = 0;
    judge_period(repeats);
  }
  return same;
}

static void count_skipped_periods(struct sim_repeats* repeats) {
  sim_period_add(&repeats->period, repeats->skipped_periods);
  sim_period_add_branches(&repeats->period, repeats->known_periods);
  repeats->repeated_accesses += repeats->skipped_periods * repeats->period.accesses;
}

/* Of a period that was not the same after all: what was compared of it is simulated. */
static void stop_skipping(struct sim_repeats* repeats) {
  const struct sim_history* const history = &repeats->history;
  const enum sim_parts parts = repeats->teaching ? SIM_ACCESSES : SIM_WHOLE_RUNS;
  count_skipped_periods(repeats);
  repeats->stream->begun_count = 0; /* as at the start of the period */
  const uint64_t first = history->place - repeats->length;
  for (uint64_t done = 0; done < repeats->compared;) {
    const uint64_t row = sim_history_row(history, first + done, repeats->compared - done);
    sim_stream_replay(repeats->stream, parts, sim_history_at(history, first + done), row);
    done += row;
  }
  search_anew(repeats);
}

static void end_period(struct sim_repeats* repeats) {
  repeats->compared = 0;
  ++repeats->skipped_periods;
  if (repeats->teaching) {
    judge_branches(repeats);
  } else {
    ++repeats->known_periods;
  }
}

static uint64_t skip(struct sim_repeats* repeats, const uint64_t* words, uint64_t count) {
  const uint64_t most = smaller(count, repeats->length - repeats->compared);
  const uint64_t before = repeats->history.place - repeats->length + repeats->compared;
  const uint64_t same = sim_history_equal(&repeats->history, before, words, most);
  if (repeats->teaching) sim_stream_replay(repeats->stream, SIM_BRANCHES, words, same);
  repeats->compared += same;
  repeats->idle = 0;
  if (same < most) {
    stop_skipping(repeats);
  } else if (repeats->compared == repeats->length) {
    end_period(repeats);
  }
  return same;
}

static uint64_t mark_of(uint64_t word) {
  return word * UINT64_C(0x9e3779b97f4a7c15) >> 54 & (SIM_REPEATS_MARKS - 1);
}

static void begin_to_compare(struct sim_repeats* repeats, uint64_t place, uint64_t before) {
  repeats->state = SIM_COMPARING;
  repeats->length = place - before;
  repeats->equal = repeats->history.place - place;
  repeats->compared = 0; /* a period may be cut between any two runs */
  repeats->attempts = 0;
  forget_snapshot(repeats);
  if (repeats->length >= worth_comparing(repeats)) take_snapshot(repeats);
}

static bool is_again_at(struct sim_repeats* repeats, uint64_t place) {
  const uint64_t word = *sim_history_at(&repeats->history, place);
  const uint64_t mark = mark_of(word);
  const uint64_t before = repeats->marks[mark].place;
  if (repeats->marks[mark].word != word || repeats->marks[mark].next != *sim_history_at(&repeats->history, place + 1))
    return false;
  if (before >= place || sim_history_same(&repeats->history, place, before, MARKED_WORDS) < MARKED_WORDS) return false;
  const uint64_t come = repeats->history.place - place;
  if (place - before + 2 * PORTION <= repeats->history.size &&
      sim_history_same(&repeats->history, place, before, come) == come) {
    begin_to_compare(repeats, place, before);
    return true;
  }
  repeats->marks[mark].place = UINT64_MAX; /* words of an inner loop */
  return false;
}

/* The next place, from this one on, that can have a mark; `end` for none. */
static uint64_t next_markable(const struct sim_repeats* repeats, uint64_t place, uint64_t end) {
  while (place < end) {
    const uint64_t* const words = sim_history_at(&repeats->history, place);
    const uint64_t row = sim_history_row(&repeats->history, place, end - place);
    uint64_t i = 0;
    while (i < row && words[i] & UNMARKED_BITS) ++i;
    place += i;
    if (i < row) return place;
  }
  return end;
}

static void look_for_marks(struct sim_repeats* repeats, uint64_t end) {
  for (;; ++repeats->searched) {
    repeats->searched = next_markable(repeats, repeats->searched, end);
    if (repeats->searched >= end || is_again_at(repeats, repeats->searched)) return;
  }
}

static void set_mark(struct sim_repeats* repeats, uint64_t end) {
  const uint64_t place = next_markable(repeats, repeats->marked + WORDS_TO_ONE_MARK, end);
  if (place >= end) return;
  const uint64_t mark = mark_of(*sim_history_at(&repeats->history, place));
  repeats->marks[mark].word = *sim_history_at(&repeats->history, place);
  repeats->marks[mark].next = *sim_history_at(&repeats->history, place + 1);
  repeats->marks[mark].place = place;
  repeats->marked = place;
}

static uint64_t search(struct sim_repeats* repeats, const uint64_t* words, uint64_t count) {
  const uint64_t portion = smaller(count, PORTION);
  simulate(repeats, words, portion);
  /* A period begins with the head of a run. */
  if (repeats->history.place < repeats->searched + MARKED_WORDS || repeats->stream->begun_count > 0) return portion;
  const uint64_t end = repeats->history.place - MARKED_WORDS;
  look_for_marks(repeats, end);
  if (repeats->state == SIM_SEARCHING) set_mark(repeats, end);
  return portion;
}

void sim_repeats_take(struct sim_repeats* repeats, const uint64_t* words, uint64_t count) {
  while (count > 0) {
    uint64_t taken = 0;
    switch (repeats->state) {
      case SIM_SEARCHING:
        taken = search(repeats, words, count);
        break;
      case SIM_COMPARING:
        taken = compare(repeats, words, count);
        break;
      case SIM_SKIPPING:
        taken = skip(repeats, words, count);
        break;
    }
    words += taken;
    count -= taken;
  }
}

bool sim_repeats_is_promising(const struct sim_repeats* repeats) {
  const uint64_t patience = PATIENCE * repeats->history.size;
  if (repeats->idle < patience || repeats->state == SIM_SKIPPING) return true;
  if (repeats->state == SIM_SEARCHING) return false;
  return repeats->equal > (repeats->idle < 2 * patience ? PROMISING_WORDS : repeats->idle / 8);
}

void sim_repeats_settle(struct sim_repeats* repeats) {
  if (repeats->state == SIM_SKIPPING) {
    stop_skipping(repeats);
  } else {
    search_anew(repeats);
  }
}
