-- The Example Service's own tables: children of the core's, row by row with the same id.

create table "example_service" (
  "id" int not null,
  primary key ("id"),
  constraint "example_service_id_foreign" foreign key ("id") references "service" ("id") on update cascade on delete cascade
);

create table "example_tenant" (
  "tenant_message" varchar(254) not null,
  "id" int not null,
  primary key ("id"),
  constraint "example_tenant_id_foreign" foreign key ("id") references "tenant_with_instance" ("id") on update cascade on delete cascade
);

select tenon_watch('"example_service"');
select tenon_watch('"example_tenant"');
