#include <doctest/doctest.h>

#include "regulation/pack/reader.hpp"

using namespace yunzhi;
using namespace yunzhi::regulation;

namespace {

bool allowed(std::string_view sql) {
  return check_evidence_sql(sql).has_value();
}

}  // namespace

TEST_CASE("a control's query may read the evidence views in every usual way") {
  CHECK(allowed("select count(*) from evidence_incident"));
  CHECK(allowed("select count(*) from evidence_incident i, evidence_task t where i.id = t.record"));
  CHECK(
      allowed("with bounds as (select cast(:since as bigint) as since, cast(:now as bigint) as now) "
              "select i.id as id, i.number || ' ' || i.title as title from evidence_incident i "
              "left join evidence_task t on t.record = i.id cross join bounds b "
              "where i.created_at >= b.since and i.state in ('closed', 'cancelled') "
              "and not exists (select 1 from evidence_person p where p.id = i.assignee)"));
  CHECK(
      allowed("select x.id from (select id from evidence_system group by id having count(*) > 1) x "
              "order by x.id"));
  CHECK(allowed("select 'drop; -- table' as id from evidence_task where note = 'it''s'"));
  CHECK(allowed("with a as (select id from evidence_task), b as (select id from a) select id from b"));
}

TEST_CASE("no other table can be named, by any way either database knows") {
  for (auto const* sql :
       {"select * from account",
        "select * from main.account",
        "SELECT * FROM Account",
        "select * from evidence_task, account",
        "select * from evidence_task join account on 1 = 1",
        "select * from evidence_task a join evidence_task b on a.id = b.id, account",
        "select * from (select 1 where 1 = 1) a, account",
        "select * from (account)",
        "select * from (account a cross join evidence_task b)",
        "select * from ((account))",
        "select (select password from account limit 1) from evidence_task",
        "select * from evidence_task where exists (select 1 from account)",
        "select id from evidence_task union select password from account",
        "select id from evidence_task union table account",
        "with a as (table account) select * from a",
        "with a as (select 1 from account) select * from a",
        "select 1 where 1 in account",
        "select * from evidence_task natural join account",
        "select * from only account",
        "select * from lateral (select 1) x",
        "select * from evidence_task.account",
        "with a as (select * from account), account as (select 1 from evidence_task) select * from a",
        "select * from (with account as (select 1 from evidence_task) select * from account) x, account",
        "select (select password from account) from evidence_task window account as (order by id)"}) {
    CAPTURE(std::string(sql));
    CHECK_FALSE(allowed(sql));
  }
}

TEST_CASE("a query cannot hide words from the check, end early or do something else") {
  for (auto const* sql :
       {"", "delete from evidence_task", "insert into evidence_task values (1)",
        "select 1 from evidence_task; select 1 from evidence_task", "select 1 from evidence_task;",
        "select 1 from evidence_task -- more", "select 1 from evidence_task /* more */",
        "select * from \"account\"", "select * from `account`", "select * from [account]",
        "select E'\\'' from account where 1 = '", "select $$ ' $$ from account where 1 = '",
        "select 1 from evidence_task where x = 'open", "select 1) from evidence_task",
        "with a as (delete from evidence_task returning id) select id from a",
        "select 1 into evidence_copy from evidence_task"}) {
    CAPTURE(std::string(sql));
    CHECK_FALSE(allowed(sql));
  }
}

TEST_CASE("only functions that compute can be called") {
  CHECK(allowed("select coalesce(max(at), 0) from evidence_ledger"));
  for (auto const* sql :
       {"select pg_read_file('/etc/passwd') from evidence_task", "select pg_sleep(10) from evidence_task",
        "select query_to_xml('select * from account', true, true, '') from evidence_task",
        "select load_extension('x') from evidence_task", "select * from pg_ls_dir('.')",
        "select * from evidence_task, pg_ls_dir('.')", "select * from pragma_table_info('account')"}) {
    CAPTURE(std::string(sql));
    CHECK_FALSE(allowed(sql));
  }
}
