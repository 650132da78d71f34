// Every bound on what the product takes in, by name and unit. A limit that is not here does not exist.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace yunzhi::limits {

inline constexpr std::size_t json_depth = 32;                           // nested arrays and objects
inline constexpr std::size_t body_bytes = 1 << 20;                      // one API request
inline constexpr std::size_t attachment_bytes = std::size_t{32} << 20;  // one attached file
inline constexpr std::size_t header_bytes = 16 << 10;                   // request line and headers together
inline constexpr std::size_t line_characters = 200;                     // one-line text
inline constexpr std::size_t prose_characters = 20'000;                 // text of several lines
inline constexpr std::size_t code_characters = 100'000;       // scripts, expressions, documents as text
inline constexpr std::size_t rule_characters = 20'000;        // one rule for the monitoring, as YAML
inline constexpr std::size_t reason_characters = 500;         // why something was changed
inline constexpr std::size_t own_rules_count = 500;           // rules that people keep
inline constexpr std::size_t boards_count = 5'000;            // boards that people keep
inline constexpr std::size_t boards_of_person = 200;          // boards of one owner
inline constexpr std::size_t board_bytes = 512 << 10;         // what one board shows, as JSON
inline constexpr std::size_t board_import_bytes = 4 << 20;    // a dashboard of Grafana, as JSON
inline constexpr std::int64_t board_versions = 100;           // kept of one board, the newest
inline constexpr std::size_t board_panels = 250;              // panels, and rows, of one board
inline constexpr std::size_t board_queries = 1'000;           // queries of one board
inline constexpr std::size_t board_panel_queries = 40;        // queries of one panel
inline constexpr std::size_t board_query_characters = 5'000;  // one query of a board
inline constexpr std::size_t board_description_characters = 2'000;
inline constexpr std::size_t board_thresholds = 12;           // of one panel
inline constexpr std::size_t board_variables = 30;            // of one board
inline constexpr std::size_t board_variable_values = 500;     // listed for one variable
inline constexpr std::size_t references_count = 500;          // ids in one field of references
inline constexpr std::size_t page_rows = 200;                 // rows of one answer
inline constexpr std::size_t filter_values = 50;              // alternatives of one filter
inline constexpr std::size_t expression_bytes = 100'000;      // one expression
inline constexpr std::size_t expression_depth = 200;          // parts of an expression in each other
inline constexpr std::size_t expression_operations = 50'000;  // of one compiled expression
inline constexpr std::int64_t expression_steps = 10'000'000;  // of one evaluation, about a second
inline constexpr std::int64_t expression_memory_bytes = std::int64_t{64} << 20;  // made by one evaluation
inline constexpr std::uint32_t expression_height = 1'500;  // operations and calls that wait for each other
inline constexpr std::size_t expression_json_bytes = std::size_t{16}
                                                     << 20;  // variables given to one expression
inline constexpr std::size_t expression_value_depth = 200;   // lists, contexts and functions in each other
inline constexpr std::size_t decision_elements = 1'000;      // decisions, inputs and knowledge of one model
inline constexpr std::size_t decision_rules = 10'000;        // of one decision table
inline constexpr std::size_t bpmn_bytes = std::size_t{4} << 20;  // one process file
inline constexpr std::size_t bpmn_depth = 64;                    // elements in each other
inline constexpr std::size_t bpmn_elements = 200'000;  // XML elements of a file, the diagram's with them
inline constexpr std::size_t bpmn_nodes = 5'000;       // activities, events and gateways of a file
inline constexpr std::size_t bpmn_id_bytes = 200;      // one element's id
inline constexpr std::size_t bpmn_problems = 50;       // reported for one file
inline constexpr std::size_t process_steps = 50'000;   // elements passed on one trigger
inline constexpr std::size_t process_tokens = 20'000;  // waiting at once in one instance
inline constexpr std::size_t signing_seats = 200;      // signatures asked for on one task
inline constexpr std::int64_t signing_weight = 1'000;  // of one signature
inline constexpr std::chrono::hours stand_in_span{92 * 24};  // one person for another on the rota
inline constexpr std::chrono::hours rota_span{62 * 24};      // of the rota in one answer
inline constexpr std::chrono::minutes urge_pause{10};    // between two times that somebody presses for a step
inline constexpr std::size_t simulation_commands = 500;  // of one try of a drawing over HTTP
inline constexpr std::int64_t activity_rows = 100'000;   // looked at for the figures of a process
inline constexpr std::size_t batch_problems = 200;       // kept of one batch, with their reasons
inline constexpr std::int64_t job_attempts = 6;          // of a service call before a person is asked
inline constexpr std::chrono::seconds job_back_off{10};  // before the second; twice as long each time

inline constexpr std::chrono::hours message_kept{24 * 7};  // that no process waits for yet
inline constexpr std::size_t signal_receivers = 1'000;     // processes that one signal reaches
inline constexpr int message_chain = 100;  // messages and signals that lead to each other on one trigger
inline constexpr std::size_t process_chain = 1'000;  // processes that call and tell each other on one trigger

}  // namespace yunzhi::limits
