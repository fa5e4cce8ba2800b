# Each contract is checked by its own tool. A tool that is not there, or cannot be fetched, is a skipped test that says so.
find_program(DAYBOOK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT DAYBOOK_PYTHON)
  find_program(DAYBOOK_PYTHON NAMES python3)
endif()

if(DAYBOOK_PYTHON)
  daybook_check(json_schemas_are_valid lint ${DAYBOOK_PYTHON} tests/contracts/check_schemas.py)
endif()
daybook_check(openapi_is_valid_to_its_validator integration tests/contracts/check_openapi ${PROJECT_BINARY_DIR}/tools)
daybook_check(asyncapi_is_valid_to_its_parser integration tests/contracts/check_asyncapi ${PROJECT_BINARY_DIR}/tools)
