#include "experiment/history.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>

#include "counters/user_error.hpp"
#include "experiment/content_hash.hpp"
#include "experiment/data_folder.hpp"
#include "experiment/fingerprint.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// In the file's header: "CChk", and the number of the tables' form, which rises when they change.
constexpr std::int64_t kApplication = 0x4343686b;
constexpr std::int64_t kForm = 1;

constexpr const char* kTables = R"(
  CREATE TABLE result (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash INTEGER NOT NULL,
    suite TEXT NOT NULL,
    revision TEXT NOT NULL,
    began TEXT NOT NULL,
    recorded TEXT NOT NULL,
    machine TEXT NOT NULL,
    content BLOB NOT NULL
  );
  CREATE INDEX result_hash ON result (hash);
  CREATE INDEX result_began ON result (began);
)";
constexpr const char* kColumns = "id, suite, revision, began, recorded, machine";

[[noreturn]] void refuse(const std::string& sentence) {
  throw UserError(Trouble::file, sentence);
}

std::string explain(const std::string& path, const DatabaseError& error) {
  switch (error.code()) {
    case SQLITE_NOTADB:
      return fmt::format("'{}' is no history: it is no SQLite database; name another file with --store", path);
    case SQLITE_CORRUPT:
      return fmt::format("the history '{}' is damaged ({}): sqlite3 {} .recover may save what is left of it", path,
                         error.what(), path);
    case SQLITE_FULL:
      return fmt::format("the history '{}' could not be written: the disk is full; it is as it was before", path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fmt::format("the history '{}' is held by another process for more than a minute: try again", path);
    case SQLITE_READONLY:
      return fmt::format("the history '{}' cannot be written: it or its folder is read-only", path);
    case SQLITE_TOOBIG:
      return fmt::format("the history '{}' cannot take a results file that large", path);
    default:
      return fmt::format("the history '{}' cannot be used: {}", path, error.what());
  }
}

// SQLite keeps signed numbers only.
std::int64_t stored(std::uint64_t hash) {
  return static_cast<std::int64_t>(hash);
}

StoredResult row_of(const Statement& row) {
  return {.id = row.number(0),
          .suite = row.text(1),
          .revision = row.text(2),
          .began = row.text(3),
          .recorded = row.text(4),
          .machine = row.text(5)};
}

std::optional<StoredResult> same_content(Database& database, const std::string& content) {
  Statement query(database, fmt::format("SELECT {} FROM result WHERE hash = ?1 AND content = ?2", kColumns));
  query.bind(1, stored(content_hash(content))).bind_blob(2, content);
  return query.step() ? std::optional(row_of(query)) : std::nullopt;
}

Recorded record_one(Database& database, const NewResult& fresh, const std::string& now) {
  if (auto known = same_content(database, fresh.content)) return {std::move(*known), false};
  StoredResult result{.suite = fresh.experiment.title,
                      .revision = fresh.revision,
                      .began = fresh.experiment.began,
                      .recorded = now,
                      .machine = fingerprint(fresh.experiment.machine)};
  Statement insert(database,
                   "INSERT INTO result (hash, suite, revision, began, recorded, machine, content) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  insert.bind(1, stored(content_hash(fresh.content)))
      .bind(2, result.suite)
      .bind(3, result.revision)
      .bind(4, result.began)
      .bind(5, result.recorded)
      .bind(6, result.machine)
      .bind_blob(7, fresh.content)
      .step();
  result.id = database.last_id();
  return {std::move(result), true};
}

void make_folder_of(const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) refuse(fmt::format("the history '{}' cannot be made: its folder: {}", path, error.message()));
}

}  // namespace

template <typename Work>
auto History::guarded(Work work) {
  try {
    return work();
  } catch (const DatabaseError& error) {
    refuse(explain(path_, error));
  }
}

// SQLite has names with another meaning, such as ":memory:"; none of them is an absolute path.
History::History(const std::string& path, Access access) : path_(path) {
  const std::string place = fs::absolute(path);
  std::error_code unused;
  if (access == Access::write) {
    make_folder_of(place);
  } else if (!fs::exists(place, unused)) {
    refuse(fmt::format("there is no history '{}' yet: countercheck history record FILE begins one", path));
  }
  guarded([&] {
    database_.emplace(place, access == Access::write ? Database::Open::or_create : Database::Open::existing);
    if (access == Access::read) return check_form();
    Transaction transaction(*database_);
    if (database_->number("SELECT count(*) FROM sqlite_master") == 0 &&
        database_->number("PRAGMA application_id") == 0) {
      database_->run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplication, kForm));
      database_->run(kTables);
    }
    check_form();
    transaction.commit();
  });
}

void History::check_form() {
  if (database_->number("PRAGMA application_id") != kApplication) {
    refuse(
        fmt::format("'{}' is no history: it is a database of another program; name another file with --store", path_));
  }
  const std::int64_t form = database_->number("PRAGMA user_version");
  if (form == kForm) return;
  refuse(
      fmt::format("the history '{}' was written by a newer countercheck (its form is {}, this one knows {}): use "
                  "that one, or another file with --store",
                  path_, form, kForm));
}

std::vector<Recorded> History::record(const std::vector<NewResult>& results, const std::string& now) {
  return guarded([&] {
    Transaction transaction(*database_);
    std::vector<Recorded> recorded;
    for (const NewResult& fresh : results) recorded.push_back(record_one(*database_, fresh, now));
    transaction.commit();
    return recorded;
  });
}

std::vector<StoredResult> History::list() {
  return guarded([&] {
    std::vector<StoredResult> results;
    Statement query(*database_, fmt::format("SELECT {} FROM result ORDER BY began, id", kColumns));
    while (query.step()) results.push_back(row_of(query));
    return results;
  });
}

std::string History::content(std::int64_t id) {
  return guarded([&] {
    Statement query(*database_, "SELECT content, hash FROM result WHERE id = ?1");
    if (!query.bind(1, id).step()) {
      throw UserError(Trouble::usage, fmt::format("the history has no result {}: countercheck history list", id));
    }
    std::string content = query.text(0);
    if (stored(content_hash(content)) != query.number(1)) {
      refuse(fmt::format("result {} of the history '{}' is not what was recorded: it was changed since", id, path_));
    }
    return content;
  });
}

void History::remove(const std::vector<std::int64_t>& ids) {
  guarded([&] {
    Transaction transaction(*database_);
    for (const std::int64_t id : ids) {
      Statement(*database_, "DELETE FROM result WHERE id = ?1").bind(1, id).step();
      if (database_->changed() == 1) continue;
      throw UserError(Trouble::usage, fmt::format("the history has no result {}: countercheck history list", id));
    }
    transaction.commit();
  });
}

std::optional<fs::path> default_history() {
  const auto folder = data_folder();
  return folder ? std::optional(*folder / "history.sqlite") : std::nullopt;
}

}  // namespace countercheck
