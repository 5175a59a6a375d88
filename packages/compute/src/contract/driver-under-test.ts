import type { ComputeDriver, MachineSpec, NetworkSpec } from '../driver.js';
import type { HostKey } from '../host-key.js';

/** A driver with what the contract needs to know about the place it works in. */
export interface DriverUnderTest {
  driver: ComputeDriver;
  /** An image that `ensureImage` can make. */
  image: string;
  /** A nat network that is free for this installation. */
  nat: NetworkSpec;
  /** A private network that is free for this installation. */
  private: NetworkSpec;
  /** A free address on the nat network, another one at each call. */
  natAddress(): string;
  privateAddress(): string;
  /** Behind the driver's back, as somebody with the place's own tools would. */
  removeByHand(name: string): Promise<void>;
  stopByHand(name: string): Promise<void>;
}

/** What the parts of the contract share. */
export interface ContractContext {
  /** There once the suite's `beforeAll` ran. */
  place: () => DriverUnderTest;
  /** The key pair that the machines let in. */
  client: HostKey;
  /** A new machine's specification. */
  wanted: (changes?: Partial<MachineSpec>) => MachineSpec;
}
