#include "experiment/database.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace countercheck {
namespace {

// As long as a slow disk may take to write what the others before us record.
constexpr int kPatienceMs = 60'000;

// SQLite says "unable to open database file"; the system knows why.
std::string message_of(sqlite3* database, int code) {
  const int primary = code & 0xff;
  const int error = database ? sqlite3_system_errno(database) : 0;
  if (error != 0 && (primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR)) {
    return std::generic_category().message(error);
  }
  return database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

Database::Database(const std::string& path, Open how) {
  const int flags = SQLITE_OPEN_READWRITE | (how == Open::or_create ? SQLITE_OPEN_CREATE : 0);
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  database_.reset(opened);
  check(code);
  check(sqlite3_busy_timeout(opened, kPatienceMs));
  // A store that somebody else made may hold more than tables.
  run("PRAGMA trusted_schema = OFF");
}

void Database::check(int code) const {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  throw DatabaseError(code & 0xff, message_of(database_.get(), code));
}

void Database::run(const std::string& statements) {
  check(sqlite3_exec(database_.get(), statements.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::number(const std::string& query) {
  Statement statement(*this, query);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::last_id() const {
  return sqlite3_last_insert_rowid(database_.get());
}

std::int64_t Database::changed() const {
  return sqlite3_changes(database_.get());
}

void Statement::Finish::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(Database& database, std::string_view text) : database_(database) {
  sqlite3_stmt* prepared = nullptr;
  const int size = static_cast<int>(text.size());
  database.check(sqlite3_prepare_v2(database.database_.get(), text.data(), size, &prepared, nullptr));
  statement_.reset(prepared);
}

Statement& Statement::bind(int place, std::int64_t value) {
  database_.check(sqlite3_bind_int64(statement_.get(), place, value));
  return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
  database_.check(sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int place, std::string_view bytes) {
  database_.check(sqlite3_bind_blob64(statement_.get(), place, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  database_.check(code);
  return code == SQLITE_ROW;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) : std::string();
}

Transaction::Transaction(Database& database) : database_(database) {
  // Immediate: the lock is taken now, so that what is read in it cannot be overtaken by another writer.
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const DatabaseError&) {
    // A full disk has rolled back by itself.
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace countercheck
