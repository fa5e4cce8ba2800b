#include "tests/command-service/log/appender/desk.hpp"

#include "command-service/log/memory_audit.hpp"

namespace daybook::log::test {

std::shared_ptr<MemoryLog> memory_log() {
  return std::make_shared<MemoryLog>(LogIdentity{new_id<events::LogId>(), events::Epoch{1}, "fingerprint"});
}

Desk::Process Desk::start(Appender::Options options) {
  Process process;
  process.ring = key_ring(log->identity(), [log = log](auto subjects) { return log->data_keys(subjects); });
  auto store = std::make_unique<MemoryStore>(log);
  process.store = store.get();
  process.appender = std::make_unique<Appender>(std::move(store), process.ring, std::move(options));
  return process;
}

void Desk::SetUp() {
  main = start();
  send(*main.appender, many({register_user(place.olga, "olga"), found_workspace(place)}, true));
}

void Desk::TearDown() {
  main.appender->drain();
  MemoryReader reader(log);
  MemoryAuditTables tables(log);
  const auto report = verify(reader, tables, audit_options(start().ring));
  EXPECT_TRUE(report.sound()) << report.why;
  for (const auto& finding : report.side_findings) ADD_FAILURE() << finding;
}

std::vector<Reply> Desk::send_together(std::vector<Request> requests) {
  log->lock();
  std::vector<std::future<Reply>> futures;
  auto first = submit(*main.appender, one(look(new_stream())));
  EXPECT_TRUE(daybook::test::wait_until([&] { return main.appender->stats().queued == 0; }));
  for (auto& request : requests) futures.push_back(submit(*main.appender, std::move(request)));
  log->unlock();
  reply_of(std::move(first));
  std::vector<Reply> replies;
  for (auto& future : futures) replies.push_back(reply_of(std::move(future)));
  return replies;
}

std::vector<Envelope> Desk::stream_of(events::IssueId id) const {
  return log->read_stream(events::stream_of(id), StreamVersion{}, StreamVersion{1'000'000});
}

}  // namespace daybook::log::test
