#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace countercheck {

// An SQLite file, as far as the history needs one: statements, their values, and one transaction at a time.

class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}

  int code() const { return code_; }  // SQLite's primary result code

 private:
  int code_;
};

class Database {
 public:
  enum class Open { existing, or_create };

  // A file that may not be written is opened for reading only. Another process's lock is waited for.
  Database(const std::string& path, Open how);

  void run(const std::string& statements);
  std::int64_t number(const std::string& query);  // the first column of its first row

  std::int64_t last_id() const;
  std::int64_t changed() const;  // rows, by the last statement

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* database) const;
  };
  void check(int code) const;

  std::unique_ptr<sqlite3, Close> database_;
};

// A prepared statement. Texts that are bound must live until it is done.
class Statement {
 public:
  Statement(Database& database, std::string_view text);

  Statement& bind(int place, std::int64_t value);  // places count from 1
  Statement& bind(int place, std::string_view text);
  Statement& bind_blob(int place, std::string_view bytes);

  bool step();                            // whether there is a row (more)
  std::int64_t number(int column) const;  // columns count from 0
  std::string text(int column) const;     // of a text or a blob
 private:
  struct Finish {
    void operator()(sqlite3_stmt* statement) const;
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

// Everything until `commit` happens as a whole or not at all. No other process writes meanwhile.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace countercheck
