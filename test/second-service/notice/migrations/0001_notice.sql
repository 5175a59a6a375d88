-- The Notice Service's own tables: children of the core's, row by row with the same id.

create table "notice_service" (
  "id" int not null,
  primary key ("id"),
  constraint "notice_service_id_foreign" foreign key ("id") references "service" ("id") on update cascade on delete cascade
);

create table "notice_tenant" (
  "headline" varchar(80) not null,
  "tone" text not null default 'calm',
  "id" int not null,
  primary key ("id"),
  constraint "notice_tenant_id_foreign" foreign key ("id") references "tenant_with_instance" ("id") on update cascade on delete cascade
);

select tenon_watch('"notice_service"');
select tenon_watch('"notice_tenant"');
