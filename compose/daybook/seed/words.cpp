#include "compose/daybook/seed/words.hpp"

namespace daybook::seed::words {
namespace {

using Words = std::string_view;

constexpr auto first_names =
    std::to_array<Words>({"Ada",   "Bram",  "Chidi", "Dorte", "Emre",  "Farah", "Goran", "Hana",  "Ines", "Jonas", "Kofi",
                          "Lucia", "Milo",  "Nadia", "Oskar", "Priya", "Quint", "Rosa",  "Samir", "Tove", "Ulla",  "Viktor",
                          "Wanda", "Xenia", "Yusuf", "Zora",  "Anton", "Belen", "Carlo", "Dalia", "Elif", "Finn"});
constexpr auto last_names = std::to_array<Words>(
    {"Marlow",   "Okafor", "Lindqvist",  "Ferrante", "Yildiz", "Novak",   "Haddad", "Tanaka",   "Brandt", "Castillo", "Mensah",
     "Kowalska", "Oduya",  "Petrov",     "Sandberg", "Rahman", "Vermeer", "Ibarra", "Keller",   "Dubois", "Moreau",   "Larsen",
     "Silva",    "Weaver", "Achterberg", "Byrne",    "Costa",  "Dragan",  "Engel",  "Fontaine", "Grant",  "Hollis"});
constexpr auto timezones =
    std::to_array<Words>({"Europe/Berlin", "Europe/Lisbon", "Africa/Lagos", "Europe/Warsaw", "Asia/Kolkata", "America/Toronto"});

constexpr auto projects =
    std::to_array<Words>({"Lending desk", "Waiting lists", "Repair bench", "Member cards", "Shelf map", "Reminder letters",
                          "Tool photographs", "Deposit book", "Evening courses", "Volunteer rota", "Pick-up lockers", "Opening hours"});
constexpr auto purposes =
    std::to_array<Words>({"Less paper at the counter, and fewer questions twice.", "So that nobody has to ask by telephone.",
                          "What the volunteers have wished for since spring.", "The old spreadsheet may retire after this."});
constexpr auto agents = std::to_array<Words>({"Quill", "Sieve", "Mender", "Ferret"});
constexpr auto agent_tasks = std::to_array<Words>(
    {"Drafts texts and first versions, and leaves the last word to people.", "Writes tests and tells what does not hold.",
     "Mends small faults and explains what they were.", "Reads what was written before and sums it up."});

constexpr auto things = std::to_array<Words>({"overdue loans", "waiting lists", "member cards", "damage reports", "shelf labels",
                                              "pick-up slots", "deposits", "repair notes", "photographs", "opening hours", "reminders",
                                              "course bookings", "volunteer shifts", "late fees", "spare parts", "donations"});
constexpr auto places = std::to_array<Words>({"at the lending desk", "on the member's page", "on the shelf map", "in the weekly letter",
                                              "on the locker screen", "in the monthly report", "at the repair bench", "in the search"});

// {t} is the thing, {T} the same at the beginning of a sentence, {p} the place.
constexpr auto story_titles =
    std::to_array<Words>({"Show {t} {p}", "Let members change {t} {p}", "Sort {t} by date {p}", "Explain {t} to newcomers {p}",
                          "Count {t} {p}", "Print {t} {p}", "Tell the volunteers about new {t} {p}"});
constexpr auto bug_titles = std::to_array<Words>({"{T} are shown twice {p}", "{T} disappear after a reload {p}", "Old {t} come first {p}",
                                                  "{T} are cut off {p} on narrow screens", "{T} of former members are counted {p}"});
constexpr auto chore_titles = std::to_array<Words>({"Write tests for {t} {p}", "Move {t} {p} to the new storage",
                                                    "Remove what is left of the old {t} {p}", "Measure how long {t} take to load {p}"});

constexpr auto story_needs = std::to_array<Words>(
    {"People ask for {t} several times a day.", "At the moment {t} have to be looked up in three places.",
     "The volunteers keep {t} on slips of paper, and some of them get lost.", "New members do not find {t} without help."});
constexpr auto bug_needs = std::to_array<Words>(
    {"Seen by two members on Saturday, when it was busy.", "It happens with every second visit, and always after signing in.",
     "Since the last release, and only where there are many {t}.", "Nobody lost anything, but it looks bad."});
constexpr auto chore_needs =
    std::to_array<Words>({"Whoever changes {t} next will be glad of it.", "Nothing of this is to be seen from outside.",
                          "We said in the last retrospective that this comes first.", "Half a day should do."});
constexpr auto wishes = std::to_array<Words>(
    {"It should work with one hand, on a telephone, {p}.", "Keep it plain: a list and a date are enough.",
     "Please look at how the repair bench solved it.", "If it takes longer than planned, do the first half and open another issue."});
constexpr auto acceptances = std::to_array<Words>(
    {"A volunteer finds {t} {p} within ten seconds.", "With a thousand {t} the page still opens at once.",
     "Whoever may not see {t} does not see them {p} either.", "What is shown {p} agrees with the list on paper."});
constexpr auto epics = std::to_array<Words>({"{T} without paper", "{T} that explain themselves"});
constexpr auto goals =
    std::to_array<Words>({"By the end of it nobody asks for {t} at the counter any more.",
                          "{T} work on a telephone as well as at the desk.", "The volunteers can handle {t} without calling us."});

constexpr auto beginnings = std::to_array<Words>({"I begin with this today.", "Taking this one. I look at how {t} are stored first.",
                                                  "Started; a first version should be there tomorrow.",
                                                  "I talked with the desk: they need {t} most of all on Saturdays."});
constexpr auto questions =
    std::to_array<Words>({"Do we need {t} of former members here, too?", "Should {t} be sorted by date or by name {p}?",
                          "What happens to {t} when a member leaves?", "Is it enough to show the last thirty {t} {p}?"});
constexpr auto answers =
    std::to_array<Words>({"Yes, but only for a year back.", "By date, the newest first. Nobody looks for the old ones.",
                          "Let us leave that out for now and ask the desk on Thursday.",
                          "Good question. I would keep it as simple as possible.", "It is, as long as there is a way to see the rest."});
constexpr auto reviews = std::to_array<Words>(
    {"Looks good. One name is odd, the rest is clear.", "I tried it on my old telephone, and it holds.",
     "Please add a test for the empty list, then it can go.", "Works for me. The text on the button could be shorter."});
constexpr auto closings =
    std::to_array<Words>({"Done and on the test machine; {t} look right {p}.", "Merged. The desk will try it on Saturday.",
                          "Finished. I left a note in the handbook, too.", "That was smaller than expected: one line was wrong."});
constexpr auto hindrances = std::to_array<Words>({"Waiting for the new storage.", "The locker screen has not been delivered yet.",
                                                  "Needs a decision of the board.", "The test machine is away for repair."});
constexpr auto time_notes =
    std::to_array<Words>({"First version", "Talked with the desk about {t}", "Tests", "Review and corrections", "Looked for the cause"});
constexpr auto reactions = std::to_array<Words>({"👍", "🎉", "❤️", "👀", "🚀"});

constexpr auto prompts = std::to_array<Words>(
    {"Draft a first version of {t} {p}. Keep to the words the volunteers use.", "Write tests for {t} {p}, the empty list included.",
     "Find out why {t} go wrong {p} and propose the smallest change.", "Sum up what members have said about {t} {p}."});
constexpr auto responses =
    std::to_array<Words>({"Here is a draft in three parts. The second one needs a decision: what is shown when there are no {t}.",
                          "Seven tests, all of which hold. One shows that {t} of the same day may stand in any order.",
                          "The cause is a date that is read in local time. One line is enough; a test goes with it.",
                          "Members like {t} and find them too late. Most of them look {p} first."});
constexpr auto failures = std::to_array<Words>({"The model did not answer within two minutes.", "The answer was cut off before its end.",
                                                "The working copy could not be made: no room on the disk."});

constexpr auto document_kinds =
    std::to_array<Words>({"What {} is for", "How {} works", "{}: a guide for volunteers", "Notes of the kick-off of {}"});
constexpr auto paragraphs = std::to_array<Words>(
    {"The club lends about nine hundred tools to some four hundred households. Most loans begin on a Friday evening and end on the Sunday "
     "after.",
     "A loan has a tool, a member, a day on which it began and a day on which it is to end. Everything else can be found out from these "
     "four.",
     "Whoever works at the desk sees first what is overdue. That was decided after the summer, when two ladders were missing for a month.",
     "Members may reserve a tool at most three weeks ahead. Two members who want the same one stand in a list, and the list is public.",
     "Deposits are written down with the loan and given back with the tool. The book and the box are compared every Saturday after closing "
     "time.",
     "When a tool comes back damaged, a report is written before it goes to the bench. Nobody is asked to pay before somebody has looked "
     "at it.",
     "We keep no more about members than we need: a name, a way to reach them, and what they have borrowed.",
     "What is written here holds until somebody writes something better. Change it, say why, and tell the others."});
constexpr auto praise =
    std::to_array<Words>({"Saved us a whole evening.", "Does what it says, and nothing else.", "Our volunteers use it every week."});
constexpr auto doubts = std::to_array<Words>({"Useful, but it takes a while to set up.", "Good idea; the texts are too long for us."});

std::string with_capital(std::string_view words) {
  std::string out(words);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

std::string filled(std::string_view pattern, const Subject& about) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto slot = pattern.substr(i, 3);
    if (slot == "{t}")
      out += about.things;
    else if (slot == "{T}")
      out += with_capital(about.things);
    else if (slot == "{p}")
      out += about.place;
    else
      out += pattern[i];
    if (slot == "{t}" || slot == "{T}" || slot == "{p}") i += 2;
  }
  return out;
}

// One of the sentences, with its slots filled.
template <std::size_t N>
std::string said(const std::array<Words, N>& sentences, const Subject& about, Chance& chance) {
  return filled(chance.of(sentences), about);
}

std::string lower(std::string_view words) {
  std::string out(words);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Every first name with every last one before any pair comes again.
std::size_t last_of(std::size_t number) { return (number + number / first_names.size()) % last_names.size(); }

std::string numbered(std::string_view name, std::size_t round) {
  return std::string(name) + (round == 0 ? "" : " " + std::to_string(round + 1));
}

}  // namespace

std::string full_name(std::size_t number) {
  return std::string(first_names[number % first_names.size()]) + " " + std::string(last_names[last_of(number)]);
}

std::string mailbox(std::size_t number) {
  const auto round = number / (first_names.size() * last_names.size());
  return lower(first_names[number % first_names.size()]) + "." + lower(last_names[last_of(number)]) +
         (round == 0 ? "" : std::to_string(round + 1));
}

std::string_view timezone(std::size_t number) { return timezones[number % timezones.size()]; }

std::string project_name(std::size_t number) { return numbered(projects[number % projects.size()], number / projects.size()); }
std::string project_purpose(Chance& chance) { return std::string(chance.of(purposes)); }
std::string agent_name(std::size_t number) { return numbered(agents[number % agents.size()], number / agents.size()); }
std::string_view agent_task(std::size_t number) { return agent_tasks[number % agent_tasks.size()]; }

Subject subject(Chance& chance) {
  const auto about = chance.of(things);
  return {about, chance.of(places)};
}

std::string title(Work work, const Subject& about, Chance& chance) {
  switch (work) {
    case Work::story: return said(story_titles, about, chance);
    case Work::bug: return said(bug_titles, about, chance);
    case Work::chore: return said(chore_titles, about, chance);
  }
  return {};
}

std::string description(Work work, const Subject& about, Chance& chance) {
  const auto need = work == Work::story ? said(story_needs, about, chance)
                    : work == Work::bug ? said(bug_needs, about, chance)
                                        : said(chore_needs, about, chance);
  return need + "\n\n" + said(wishes, about, chance);
}

std::string acceptance(const Subject& about, Chance& chance) { return said(acceptances, about, chance); }
std::string epic_title(std::size_t number, const Subject& about) { return filled(epics[number % epics.size()], about); }
std::string sprint_goal(const Subject& about, Chance& chance) { return said(goals, about, chance); }

std::string beginning(const Subject& about, Chance& chance) { return said(beginnings, about, chance); }
std::string question(const Subject& about, Chance& chance) { return said(questions, about, chance); }
std::string answer(Chance& chance) { return std::string(chance.of(answers)); }
std::string review(Chance& chance) { return std::string(chance.of(reviews)); }
std::string closing(const Subject& about, Chance& chance) { return said(closings, about, chance); }
std::string hindrance(Chance& chance) { return std::string(chance.of(hindrances)); }
std::string time_note(const Subject& about, Chance& chance) { return said(time_notes, about, chance); }
std::string_view reaction(Chance& chance) { return chance.of(reactions); }

std::string prompt(const Subject& about, Chance& chance) { return said(prompts, about, chance); }
std::string response(const Subject& about, Chance& chance) { return said(responses, about, chance); }
std::string failure(Chance& chance) { return std::string(chance.of(failures)); }

std::string document_title(std::size_t number, const std::string& project) {
  std::string out(document_kinds[number % document_kinds.size()]);
  return out.replace(out.find("{}"), 2, project);
}

std::string document_text(const std::string& title, std::size_t count, Chance& chance) {
  std::string out = "# " + title + "\n";
  const auto first = static_cast<std::size_t>(chance.from(0, paragraphs.size() - 1));
  for (std::size_t i = 0; i < count; ++i) out += "\n" + std::string(paragraphs[(first + i) % paragraphs.size()]) + "\n";
  return out;
}

std::string opinion(std::int64_t rating, Chance& chance) { return std::string(rating >= 4 ? chance.of(praise) : chance.of(doubts)); }

}  // namespace daybook::seed::words
