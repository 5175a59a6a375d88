import { Field, ObjectType } from 'type-graphql';

/** Whether machines can be made. */
@ObjectType({ description: 'Whether machines can be made' })
class EngineReadiness {
  @Field(() => Boolean)
  ready!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, and what to do; null when they can' })
  reason!: string | null;
}

/** One kind of service that this installation offers. */
@ObjectType({ description: 'One kind of service that this installation offers' })
class ServiceKind {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Value of `kind` on its rows, and the path of its pages' })
  kind!: string;

  @Field(() => String)
  verboseName!: string;

  @Field(() => String)
  verboseNamePlural!: string;

  @Field(() => String)
  tenantVerboseName!: string;

  @Field(() => String)
  tenantVerboseNamePlural!: string;

  @Field(() => String, { description: 'GraphQL type of its services' })
  serviceType!: string;

  @Field(() => String, { description: 'GraphQL type of its tenants' })
  tenantType!: string;
}

/** What everybody who is signed in may know of the installation. */
@ObjectType('Installation', { description: 'This installation' })
export class InstallationType {
  @Field(() => String, { description: 'Its UUID, part of the name of everything it makes' })
  id!: string;

  @Field(() => String)
  version!: string;

  @Field(() => Boolean, { description: 'Started by `npm start` on a database of its own' })
  embedded!: boolean;

  @Field(() => Boolean, { description: 'The first administrator still has the well-known first password' })
  defaultPassword!: boolean;

  @Field(() => EngineReadiness)
  engine!: EngineReadiness;

  @Field(() => String, { nullable: true, description: 'The network in which machines are reached' })
  natSubnet!: string | null;

  @Field(() => [String], { description: 'The playbooks that a service may choose from' })
  playbooks!: string[];

  @Field(() => [ServiceKind])
  services!: ServiceKind[];
}
