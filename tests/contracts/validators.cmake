# Each contract is checked by its own tool. A tool that is not there, or cannot be fetched, is a skipped test that says so.
find_program(DAYBOOK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT DAYBOOK_PYTHON)
  find_program(DAYBOOK_PYTHON NAMES python3)
endif()

function(contract_check name label)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 300 SKIP_RETURN_CODE 77)
endfunction()

if(DAYBOOK_PYTHON)
  contract_check(json_schemas_are_valid unit ${DAYBOOK_PYTHON} tests/contracts/check_schemas.py)
  contract_check(openapi_is_valid_to_its_validator integration
    tests/contracts/check_openapi ${DAYBOOK_PYTHON} ${PROJECT_BINARY_DIR}/contracts/openapi)
endif()
contract_check(asyncapi_is_valid_to_its_parser integration tests/contracts/check_asyncapi ${PROJECT_BINARY_DIR}/contracts/asyncapi)
