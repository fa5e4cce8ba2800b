// A message's form, and both ways that it goes: into a folder, and to a server that a test plays.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "platform/mail/mailer.hpp"
#include "platform/text/base64.hpp"
#include "tests/support/support.hpp"

namespace daybook::mail {
namespace {

namespace asio = boost::asio;
using daybook::test::TempDir;

Mail a_mail() {
  return {"0190a1b2", "ann@example.org", "Confirm your address", "Hello Ann,\nhere it is.\n", *text::parse_instant("2026-11-21T14:09:29Z")};
}

std::string body_of(const std::string& message) {
  std::string base64 = message.substr(message.find("\r\n\r\n") + 4);
  std::erase_if(base64, [](char c) { return c == '\r' || c == '\n'; });
  return *text::base64_decode(base64);
}

TEST(Message, HasItsFieldsAndItsText) {
  const auto message = message_of(a_mail(), "daybook@example.net");
  EXPECT_NE(message.find("Date: Sat, 21 Nov 2026 14:09:29 +0000\r\n"), message.npos) << message;
  EXPECT_NE(message.find("To: <ann@example.org>\r\n"), message.npos);
  EXPECT_NE(message.find("Message-ID: <0190a1b2@example.net>\r\n"), message.npos);
  EXPECT_NE(message.find("Subject: Confirm your address\r\n"), message.npos);
  EXPECT_EQ(body_of(message), "Hello Ann,\r\nhere it is.\r\n");
}

TEST(Message, ASubjectThatIsNotAsciiIsEncodedInWordsOfWholeCharacters) {
  auto mail = a_mail();
  mail.subject = "Prüfe: ";
  for (int i = 0; i < 40; ++i) mail.subject += "ü";
  const auto message = message_of(mail, "daybook@example.net");
  const auto from = message.find("Subject: ") + 9;
  std::istringstream words(message.substr(from, message.find("\r\nMIME") - from));
  std::string decoded;
  for (std::string word; words >> word;) {
    ASSERT_LE(word.size(), 75u);
    ASSERT_TRUE(word.starts_with("=?utf-8?B?") && word.ends_with("?="));
    const auto part = *text::base64_decode(word.substr(10, word.size() - 12));
    EXPECT_NE(static_cast<unsigned char>(part.front()) & 0xC0, 0x80) << "begins inside a character";
    decoded += part;
  }
  EXPECT_EQ(decoded, mail.subject);
}

TEST(Message, LongTextsHaveShortLines) {
  auto mail = a_mail();
  mail.text = std::string(5000, 'x');
  std::istringstream lines(message_of(mail, "daybook@example.net"));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 78u);
}

TEST(Outbox, AMailIsAFileForItsOwnerAloneAndTheSameOneOnce) {
  const TempDir folder;
  const auto mailer = outbox_mailer(folder / "outbox", "daybook@example.net");
  mailer->send(a_mail());
  mailer->send(a_mail());
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder / "outbox")) names.push_back(file.path().filename());
  EXPECT_EQ(names, std::vector<std::string>{"0190a1b2.eml"});
  struct stat status{};
  ASSERT_EQ(::stat((folder / "outbox" / "0190a1b2.eml").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  std::ostringstream text;
  text << std::ifstream(folder / "outbox" / "0190a1b2.eml").rdbuf();
  EXPECT_EQ(text.str(), message_of(a_mail(), "daybook@example.net"));
}

TEST(Outbox, AFolderThatCannotBeIsUnavailable) {
  const TempDir folder;
  std::ofstream(folder / "file") << "in the way";
  EXPECT_THROW(outbox_mailer(folder / "file", "daybook@example.net")->send(a_mail()), Unavailable);
}

// Says its lines of SMTP (RFC 5321) to one client and keeps what it hears.
class Server {
 public:
  explicit Server(std::string reply_to_recipient) : reply_(std::move(reply_to_recipient)), thread_([this] { serve(); }) {}
  ~Server() { thread_.join(); }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
  std::string heard() {
    thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void serve() {
    auto socket = acceptor_.accept();
    const auto say = [&](const std::string& line) { asio::write(socket, asio::buffer(line + "\r\n")); };
    say("220 test");
    asio::streambuf buffer;
    boost::system::error_code ended;
    for (bool data = false;;) {
      asio::read_until(socket, buffer, "\r\n", ended);
      if (ended) return;
      std::istream lines(&buffer);
      std::string line;
      std::getline(lines, line);
      line.pop_back();
      heard_ += line + "\n";
      if (data) {
        if (line != ".") continue;
        data = false;
        say("250 taken");
      } else if (line.starts_with("EHLO")) {
        say("250 test");
      } else if (line.starts_with("RCPT")) {
        say(reply_);
      } else if (line == "DATA") {
        data = true;
        say("354 go on");
      } else if (line == "QUIT") {
        return say("221 bye");
      } else {
        say("250 fine");
      }
    }
  }

  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
  const std::string reply_;
  std::string heard_;
  std::thread thread_;
};

TEST(Smtp, TheServerHearsTheMail) {
  Server server("250 fine");
  smtp_mailer({server.url(), "", "", "daybook@example.net"})->send(a_mail());
  const auto heard = server.heard();
  EXPECT_NE(heard.find("MAIL FROM:<daybook@example.net>"), heard.npos) << heard;
  EXPECT_NE(heard.find("RCPT TO:<ann@example.org>"), heard.npos) << heard;
  EXPECT_NE(heard.find("Subject: Confirm your address"), heard.npos) << heard;
}

TEST(Smtp, AnAddressThatThereIsNotIsRefusedAndNotNamed) {
  Server server("550 no such person");
  try {
    smtp_mailer({server.url(), "", "", "daybook@example.net"})->send(a_mail());
    FAIL() << "it was taken";
  } catch (const Refused& refused) {
    EXPECT_EQ(std::string(refused.what()).find("ann"), std::string::npos) << refused.what();
  }
}

TEST(Smtp, AServerThatIsBusyIsUnavailable) {
  Server server("451 come again");
  EXPECT_THROW(smtp_mailer({server.url(), "", "", "daybook@example.net"})->send(a_mail()), Unavailable);
}

TEST(Smtp, AServerThatIsAwayIsUnavailable) {
  EXPECT_THROW(smtp_mailer({"smtp://127.0.0.1:1", "", "", "daybook@example.net"})->send(a_mail()), Unavailable);
}

}  // namespace
}  // namespace daybook::mail
