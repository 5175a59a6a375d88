create table "page_service" (
  "id" int not null primary key,
  constraint "page_service_id_foreign" foreign key ("id") references "service" ("id") on update cascade on delete cascade
);

create table "page_tenant" (
  "message" varchar(254) not null,
  "id" int not null primary key,
  constraint "page_tenant_id_foreign" foreign key ("id") references "tenant_with_instance" ("id") on update cascade on delete cascade
);

select tenon_watch('page_service');
select tenon_watch('page_tenant');
