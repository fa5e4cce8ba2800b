#pragma once
// Read tables filled with rows made up from their row types, for tests that are about every list there is.
#include <memory>
#include <random>
#include <string>

#include "platform/postgres/connection.hpp"
#include "query-service/core/sql.hpp"

namespace daybook::query::test {

// A generation of read tables with one workspace; rows are drawn so that many share their sort keys.
class ReadTables {
 public:
  ReadTables();

  pg::Connection& connection() { return connection_; }
  const std::string& url() const { return url_; }
  const std::string& schema() const { return schema_; }
  const std::string& owner() const { return owner_; }

  // Adds a row; its id.
  std::string add(const Resource& resource);
  // Many at once, by the server.
  void add_many(const Resource& resource, int rows);
  // Changes every column but id, owner and `kept`.
  void change(const Resource& resource, const std::string& id, std::string_view kept);
  void remove(const Resource& resource, const std::string& id);
  void clear(const Resource& resource);
  void draw_from(std::uint32_t seed) { random_.seed(seed); }
  std::size_t draw(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

 private:
  void add_container_member();
  std::string value_of(const Resource& resource, const events::FieldInfo& field);
  void add_row(const Resource& resource, const std::string& id);
  std::string words();

  std::mt19937 random_;
  std::string schema_ = "read_g1";
  std::string owner_, url_;
  pg::Connection connection_;
  int ids_ = 0;
};

// Those that are lists of their own, and of them those over one table.
std::vector<const Resource*> all_lists();
std::vector<const Resource*> listed_tables();

}  // namespace daybook::query::test
