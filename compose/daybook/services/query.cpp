// daybook-query: one of the three services in a process of its own.
#include "compose/daybook/service.hpp"

int main(int argc, char** argv) { return daybook::app::service_main(argc, argv, daybook::app::Role::query); }
