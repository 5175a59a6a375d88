-- The core's first schema. Never edited once released: a change is a new file.
-- The comparison of this schema with the entities is a test (migrate.integration.test.ts).

create table "site" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(200) not null,
  "enabled" boolean not null default true,
  "login_base" varchar(50) not null,
  "abbreviated_name" varchar(80) null,
  "site_url" varchar(512) null,
  constraint "site_login_base_unique" unique ("login_base")
);

create table "user_account" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "email" varchar(255) not null,
  "firstname" varchar(200) not null,
  "lastname" varchar(200) not null,
  "phone" varchar(100) null,
  "site_id" int not null,
  "public_key" text null,
  "is_active" boolean not null default true,
  "is_admin" boolean not null default false,
  "is_readonly" boolean not null default false,
  "password_hash" varchar(255) null,
  "must_change_password" boolean not null default false,
  constraint "user_account_email_unique" unique ("email"),
  constraint "user_account_site_id_foreign" foreign key ("site_id") references "site" ("id")
);
create index "user_account_site_id_index" on "user_account" ("site_id");

create table "session" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "token_hash" varchar(64) not null,
  "user_id" int not null,
  "last_seen_at" timestamptz not null,
  "expires_at" timestamptz not null,
  constraint "session_token_hash_unique" unique ("token_hash"),
  constraint "session_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade
);
create index "session_user_id_index" on "session" ("user_id");

create table "installation" (
  "id" int not null,
  "uuid" uuid not null,
  "created_at" timestamptz not null default now(),
  "engine_ready" boolean not null default false,
  "engine_reason" text null,
  primary key ("id")
);

create table "image" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(256) not null,
  "login_user" varchar(32) not null default 'ubuntu',
  constraint "image_name_unique" unique ("name")
);

create table "flavor" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(32) not null,
  "memory_mib" int not null,
  "cpus" int not null,
  "is_default" boolean not null default false,
  "order" int not null default 0,
  constraint "flavor_name_unique" unique ("name")
);

create table "deployment" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(200) not null,
  "driver" text not null,
  "is_default" boolean not null default false,
  "default_image_id" int null,
  "settings" jsonb not null,
  constraint "deployment_name_unique" unique ("name"),
  constraint "deployment_default_image_id_foreign" foreign key ("default_image_id") references "image" ("id") on delete set null
);
create index "deployment_default_image_id_index" on "deployment" ("default_image_id");

create table "node" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(200) not null,
  "site_id" int not null,
  "deployment_id" int not null,
  constraint "node_name_unique" unique ("name"),
  constraint "node_site_id_foreign" foreign key ("site_id") references "site" ("id"),
  constraint "node_deployment_id_foreign" foreign key ("deployment_id") references "deployment" ("id")
);
create index "node_site_id_index" on "node" ("site_id");
create index "node_deployment_id_index" on "node" ("deployment_id");

create table "network_template" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(32) not null,
  "description" varchar(1024) null,
  "role" text not null,
  constraint "network_template_name_unique" unique ("name")
);

create table "service" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "enacted" timestamptz null,
  "enacted_generation" int not null default 0,
  "enacted_inputs" varchar(200) null,
  "enacted_on" varchar(200) null,
  "last_error" text null,
  "attempts" int not null default 0,
  "next_attempt_at" timestamptz null,
  "waiting_for" text null,
  "waiting_on" varchar(60) null,
  "blocked_reason" text null,
  "paused_reason" text null,
  "deleting_since" timestamptz null,
  "lease_until" timestamptz null,
  "lease_owner" varchar(200) null,
  "sync_state" text generated always as (case
    when deleting_since is not null then 'DELETING'
    when paused_reason is not null then 'PAUSED'
    when lease_until is not null then 'SYNCING'
    when enacted_generation = generation and enacted_inputs is not null and enacted_on is not null then 'IN_SYNC'
    when blocked_reason is not null then 'BLOCKED'
    when waiting_for is not null then 'WAITING'
    when last_error is not null then 'ERROR'
    else 'PENDING' end) stored not null,
  "kind" varchar(30) not null,
  "name" varchar(30) not null,
  "enabled" boolean not null default true,
  "version_number" varchar(30) not null,
  "description" text null,
  "sync_interval_seconds" int not null default 30,
  "playbook" varchar(200) null,
  "backoff_enabled" boolean not null default true,
  "login_user" varchar(32) not null default 'ubuntu',
  "public_key" text null,
  "private_key" text null,
  constraint "service_name_unique" unique ("name")
);
create index "service_sync_state_index" on "service" ("sync_state");

create table "slice" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "enacted" timestamptz null,
  "enacted_generation" int not null default 0,
  "enacted_inputs" varchar(200) null,
  "enacted_on" varchar(200) null,
  "last_error" text null,
  "attempts" int not null default 0,
  "next_attempt_at" timestamptz null,
  "waiting_for" text null,
  "waiting_on" varchar(60) null,
  "blocked_reason" text null,
  "paused_reason" text null,
  "deleting_since" timestamptz null,
  "lease_until" timestamptz null,
  "lease_owner" varchar(200) null,
  "sync_state" text generated always as (case
    when deleting_since is not null then 'DELETING'
    when paused_reason is not null then 'PAUSED'
    when lease_until is not null then 'SYNCING'
    when enacted_generation = generation and enacted_inputs is not null and enacted_on is not null then 'IN_SYNC'
    when blocked_reason is not null then 'BLOCKED'
    when waiting_for is not null then 'WAITING'
    when last_error is not null then 'ERROR'
    else 'PENDING' end) stored not null,
  "name" varchar(80) not null,
  "enabled" boolean not null default true,
  "description" text null,
  "site_id" int not null,
  "service_id" int null,
  "creator_id" int not null,
  "max_instances" int not null default 10,
  "default_image_id" int null,
  "default_flavor_id" int null,
  constraint "slice_name_unique" unique ("name"),
  constraint "slice_site_id_foreign" foreign key ("site_id") references "site" ("id"),
  constraint "slice_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete set null,
  constraint "slice_creator_id_foreign" foreign key ("creator_id") references "user_account" ("id"),
  constraint "slice_default_image_id_foreign" foreign key ("default_image_id") references "image" ("id"),
  constraint "slice_default_flavor_id_foreign" foreign key ("default_flavor_id") references "flavor" ("id")
);
create index "slice_sync_state_index" on "slice" ("sync_state");
create index "slice_site_id_index" on "slice" ("site_id");
create index "slice_service_id_index" on "slice" ("service_id");
create index "slice_creator_id_index" on "slice" ("creator_id");
create index "slice_default_image_id_index" on "slice" ("default_image_id");
create index "slice_default_flavor_id_index" on "slice" ("default_flavor_id");

create table "instance" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "enacted" timestamptz null,
  "enacted_generation" int not null default 0,
  "enacted_inputs" varchar(200) null,
  "enacted_on" varchar(200) null,
  "last_error" text null,
  "attempts" int not null default 0,
  "next_attempt_at" timestamptz null,
  "waiting_for" text null,
  "waiting_on" varchar(60) null,
  "blocked_reason" text null,
  "paused_reason" text null,
  "deleting_since" timestamptz null,
  "lease_until" timestamptz null,
  "lease_owner" varchar(200) null,
  "sync_state" text generated always as (case
    when deleting_since is not null then 'DELETING'
    when paused_reason is not null then 'PAUSED'
    when lease_until is not null then 'SYNCING'
    when enacted_generation = generation and enacted_inputs is not null and enacted_on is not null then 'IN_SYNC'
    when blocked_reason is not null then 'BLOCKED'
    when waiting_for is not null then 'WAITING'
    when last_error is not null then 'ERROR'
    else 'PENDING' end) stored not null,
  "name" varchar(200) not null,
  "slice_id" int not null,
  "creator_id" int not null,
  "deployment_id" int not null,
  "node_id" int not null,
  "image_id" int not null,
  "flavor_id" int not null,
  "machine_id" varchar(200) null,
  "ssh_host" varchar(255) null,
  "ssh_port" int null,
  "reachable_at" varchar(255) null,
  "host_key" varchar(1024) null,
  "host_seen_at" timestamptz null,
  constraint "instance_name_unique" unique ("name"),
  constraint "instance_slice_id_foreign" foreign key ("slice_id") references "slice" ("id"),
  constraint "instance_creator_id_foreign" foreign key ("creator_id") references "user_account" ("id"),
  constraint "instance_deployment_id_foreign" foreign key ("deployment_id") references "deployment" ("id"),
  constraint "instance_node_id_foreign" foreign key ("node_id") references "node" ("id"),
  constraint "instance_image_id_foreign" foreign key ("image_id") references "image" ("id"),
  constraint "instance_flavor_id_foreign" foreign key ("flavor_id") references "flavor" ("id")
);
create index "instance_sync_state_index" on "instance" ("sync_state");
create index "instance_slice_id_index" on "instance" ("slice_id");
create index "instance_creator_id_index" on "instance" ("creator_id");
create index "instance_deployment_id_index" on "instance" ("deployment_id");
create index "instance_node_id_index" on "instance" ("node_id");
create index "instance_image_id_index" on "instance" ("image_id");
create index "instance_flavor_id_index" on "instance" ("flavor_id");

create table "network" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "name" varchar(100) not null,
  "slice_id" int not null,
  "template_id" int not null,
  "role" text not null,
  "subnet" varchar(18) not null,
  constraint "network_subnet_unique" unique ("subnet"),
  constraint "network_slice_id_role_unique" unique ("slice_id", "role"),
  constraint "network_slice_id_foreign" foreign key ("slice_id") references "slice" ("id") on delete cascade,
  constraint "network_template_id_foreign" foreign key ("template_id") references "network_template" ("id")
);
create index "network_slice_id_index" on "network" ("slice_id");
create index "network_template_id_index" on "network" ("template_id");

create table "port" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "network_id" int not null,
  "instance_id" int not null,
  "address" varchar(45) not null,
  constraint "port_network_id_instance_id_unique" unique ("network_id", "instance_id"),
  constraint "port_network_id_address_unique" unique ("network_id", "address"),
  constraint "port_network_id_foreign" foreign key ("network_id") references "network" ("id") on delete cascade,
  constraint "port_instance_id_foreign" foreign key ("instance_id") references "instance" ("id") on delete cascade
);
create index "port_network_id_index" on "port" ("network_id");
create index "port_instance_id_index" on "port" ("instance_id");

create table "tenant" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "enacted" timestamptz null,
  "enacted_generation" int not null default 0,
  "enacted_inputs" varchar(200) null,
  "enacted_on" varchar(200) null,
  "last_error" text null,
  "attempts" int not null default 0,
  "next_attempt_at" timestamptz null,
  "waiting_for" text null,
  "waiting_on" varchar(60) null,
  "blocked_reason" text null,
  "paused_reason" text null,
  "deleting_since" timestamptz null,
  "lease_until" timestamptz null,
  "lease_owner" varchar(200) null,
  "sync_state" text generated always as (case
    when deleting_since is not null then 'DELETING'
    when paused_reason is not null then 'PAUSED'
    when lease_until is not null then 'SYNCING'
    when enacted_generation = generation and enacted_inputs is not null and enacted_on is not null then 'IN_SYNC'
    when blocked_reason is not null then 'BLOCKED'
    when waiting_for is not null then 'WAITING'
    when last_error is not null then 'ERROR'
    else 'PENDING' end) stored not null,
  "kind" varchar(30) not null,
  "provider_id" int not null,
  "creator_id" int not null,
  constraint "tenant_provider_id_foreign" foreign key ("provider_id") references "service" ("id"),
  constraint "tenant_creator_id_foreign" foreign key ("creator_id") references "user_account" ("id")
);
create index "tenant_sync_state_index" on "tenant" ("sync_state");
create index "tenant_provider_id_index" on "tenant" ("provider_id");
create index "tenant_creator_id_index" on "tenant" ("creator_id");

create table "tenant_with_instance" (
  "instance_id" int null,
  "id" int not null,
  primary key ("id"),
  constraint "tenant_with_instance_instance_id_foreign" foreign key ("instance_id") references "instance" ("id") on delete set null,
  constraint "tenant_with_instance_id_foreign" foreign key ("id") references "tenant" ("id") on update cascade on delete cascade
);
create index "tenant_with_instance_instance_id_index" on "tenant_with_instance" ("instance_id");

create table "site_privilege" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "user_id" int not null,
  "site_id" int not null,
  "role" text not null,
  constraint "site_privilege_user_id_site_id_role_unique" unique ("user_id", "site_id", "role"),
  constraint "site_privilege_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade,
  constraint "site_privilege_site_id_foreign" foreign key ("site_id") references "site" ("id") on delete cascade
);
create index "site_privilege_user_id_index" on "site_privilege" ("user_id");
create index "site_privilege_site_id_index" on "site_privilege" ("site_id");

create table "slice_privilege" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "user_id" int not null,
  "slice_id" int not null,
  "role" text not null,
  constraint "slice_privilege_user_id_slice_id_role_unique" unique ("user_id", "slice_id", "role"),
  constraint "slice_privilege_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade,
  constraint "slice_privilege_slice_id_foreign" foreign key ("slice_id") references "slice" ("id") on delete cascade
);
create index "slice_privilege_user_id_index" on "slice_privilege" ("user_id");
create index "slice_privilege_slice_id_index" on "slice_privilege" ("slice_id");

create table "service_privilege" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "user_id" int not null,
  "service_id" int not null,
  "role" text not null,
  constraint "service_privilege_user_id_service_id_role_unique" unique ("user_id", "service_id", "role"),
  constraint "service_privilege_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade,
  constraint "service_privilege_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade
);
create index "service_privilege_user_id_index" on "service_privilege" ("user_id");
create index "service_privilege_service_id_index" on "service_privilege" ("service_id");

create table "run" (
  "id" serial primary key,
  "generation" int not null default 1,
  "created_at" timestamptz not null default now(),
  "updated" timestamptz not null default now(),
  "object_key" varchar(60) not null,
  "object_label" varchar(200) not null,
  "tenant_id" int null,
  "service_id" int null,
  "playbook" varchar(200) not null,
  "trigger" varchar(200) not null,
  "object_generation" int not null,
  "started_at" timestamptz not null,
  "finished_at" timestamptz null,
  "outcome" text not null,
  "summary" text null,
  "stats" jsonb null,
  constraint "run_tenant_id_foreign" foreign key ("tenant_id") references "tenant" ("id") on delete set null,
  constraint "run_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete set null
);
create index "run_tenant_id_index" on "run" ("tenant_id");
create index "run_service_id_index" on "run" ("service_id");

create table "run_event" (
  "id" serial primary key,
  "run_id" int not null,
  "sequence" int not null,
  "at" timestamptz not null,
  "kind" text not null,
  "host" text null,
  "task" text null,
  "module" text null,
  "status" text null,
  "detail" jsonb null,
  constraint "run_event_run_id_sequence_unique" unique ("run_id", "sequence"),
  constraint "run_event_run_id_foreign" foreign key ("run_id") references "run" ("id") on delete cascade
);

-- What the worker's sweep looks for: neither done, paused nor blocked, in the order of the next attempt.
create index "service_due" on "service" ("next_attempt_at") where "sync_state" not in ('IN_SYNC', 'PAUSED', 'BLOCKED');
create index "slice_due" on "slice" ("next_attempt_at") where "sync_state" not in ('IN_SYNC', 'PAUSED', 'BLOCKED');
create index "instance_due" on "instance" ("next_attempt_at") where "sync_state" not in ('IN_SYNC', 'PAUSED', 'BLOCKED');
create index "tenant_due" on "tenant" ("next_attempt_at") where "sync_state" not in ('IN_SYNC', 'PAUSED', 'BLOCKED');

-- Changes travel as notifications with ids only; each reader looks at the row under its own policy.

create function tenon_notify_change() returns trigger language plpgsql as $$
declare
  changed jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  perform pg_notify('tenon_changes', json_build_object(
    'table', tg_table_name, 'id', changed -> 'id', 'generation', changed -> 'generation', 'op', tg_op)::text);
  return null;
end $$;

create function tenon_notify_run_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('tenon_changes', json_build_object(
    'table', tg_table_name, 'id', new.id, 'op', tg_op, 'run', new.run_id)::text);
  return null;
end $$;

-- A service package calls it for each of its own tables. An update that changes nothing is no news.
create function tenon_watch(watched regclass) returns void language plpgsql as $$
begin
  execute format('create trigger tenon_come_and_go after insert or delete on %s
    for each row execute function tenon_notify_change()', watched);
  execute format('create trigger tenon_change after update on %s
    for each row when (old.* is distinct from new.*) execute function tenon_notify_change()', watched);
end $$;

select tenon_watch('"site"');
select tenon_watch('"user_account"');
select tenon_watch('"image"');
select tenon_watch('"flavor"');
select tenon_watch('"deployment"');
select tenon_watch('"node"');
select tenon_watch('"network_template"');
select tenon_watch('"service"');
select tenon_watch('"slice"');
select tenon_watch('"instance"');
select tenon_watch('"network"');
select tenon_watch('"port"');
select tenon_watch('"tenant"');
select tenon_watch('"site_privilege"');
select tenon_watch('"slice_privilege"');
select tenon_watch('"service_privilege"');
select tenon_watch('"run"');
select tenon_watch('"tenant_with_instance"');

create trigger tenon_come after insert on "run_event"
  for each row execute function tenon_notify_run_event();

-- Sockets close when their session ends, whichever process ended it. Its last use is no news.
create trigger tenon_go after delete on "session"
  for each row execute function tenon_notify_change();
