#pragma once
// What the story is told with: a small vocabulary of its own, about a club that lends tools to its neighbours, and the sentences
// that are made of it. The same draws always give the same sentences.
#include <string>
#include <string_view>

#include "compose/daybook/seed/chance.hpp"

namespace daybook::seed::words {

inline constexpr std::string_view company = "Lantern & Loom";
inline constexpr std::string_view publisher = "Open Shelf";

// Of the person of that number, each another one.
std::string full_name(std::size_t number);
// ada.marlow, and with a number behind it once all names have been used.
std::string mailbox(std::size_t number);
std::string_view timezone(std::size_t number);

std::string project_name(std::size_t number);
std::string project_purpose(Chance& chance);
std::string agent_name(std::size_t number);
std::string_view agent_task(std::size_t number);

// What an issue is about: a thing and where it is met, drawn once, so that everything said of the issue fits together.
struct Subject {
  std::string_view things, place;
};
Subject subject(Chance& chance);

enum class Work { story, bug, chore };
std::string title(Work work, const Subject& about, Chance& chance);
std::string description(Work work, const Subject& about, Chance& chance);
std::string acceptance(const Subject& about, Chance& chance);
std::string epic_title(std::size_t number, const Subject& about);
std::string sprint_goal(const Subject& about, Chance& chance);

std::string beginning(const Subject& about, Chance& chance);  // comments, in the order of an issue's life
std::string question(const Subject& about, Chance& chance);
std::string answer(Chance& chance);
std::string review(Chance& chance);
std::string closing(const Subject& about, Chance& chance);
std::string hindrance(Chance& chance);
std::string time_note(const Subject& about, Chance& chance);
std::string_view reaction(Chance& chance);

std::string prompt(const Subject& about, Chance& chance);  // of a run, and what comes of it
std::string response(const Subject& about, Chance& chance);
std::string failure(Chance& chance);

std::string document_title(std::size_t number, const std::string& project);
// Paragraphs, each longer than the one before.
std::string document_text(const std::string& title, std::size_t paragraphs, Chance& chance);
std::string opinion(std::int64_t rating, Chance& chance);  // of what somebody reviews, 1 to 5

}  // namespace daybook::seed::words
