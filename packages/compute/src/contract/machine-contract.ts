import { beforeAll, describe, expect, it } from 'vitest';
import type { ComputeDriver } from '../driver.js';
import { createHostKey } from '../host-key.js';
import { keysHash } from '../keys-hash.js';
import { sshLogin } from '../testing/ssh-login.js';
import type { ContractContext, DriverUnderTest } from './driver-under-test.js';

/** What every driver must do with a machine. */
export function machineContract({ place: placeOf, client, wanted }: ContractContext): void {
  describe('a machine', () => {
    let place: DriverUnderTest;
    let driver: ComputeDriver;

    beforeAll(() => {
      place = placeOf();
      driver = place.driver;
    });

    it('answers with the host key that the driver tells, and lets the authorized key in', async () => {
      const spec = wanted();

      const machine = await driver.create(spec);

      expect(machine).toMatchObject({ name: spec.name, owner: spec.owner, state: 'running' });
      expect(machine.addresses).toEqual([spec.networks[0]?.address]);
      expect(machine.keysHash).toBe(keysHash(spec.authorizedKeys));
      const login = await sshLogin(machine, client.privateKey, 'sudo -n id -u');
      expect(login).toMatchObject({ code: 0, stdout: '0\n' });
      const forged = { ...machine, hostKey: createHostKey().publicKey };
      expect(await sshLogin(forged, client.privateKey, 'true')).toMatchObject({ code: 255 });
    });

    it('is made once: create again and at the same time gives the same incarnation', async () => {
      const spec = wanted();

      const [first, second] = await Promise.all([driver.create(spec), driver.create(spec)]);
      const third = await driver.create(spec);

      expect(second.incarnation).toBe(first.incarnation);
      expect(third.incarnation).toBe(first.incarnation);
      expect((await driver.list()).filter(({ name }) => name === spec.name)).toHaveLength(1);
    });

    it('is not changed by being looked at', async () => {
      const spec = wanted();
      await driver.create(spec);
      await place.stopByHand(spec.name);
      const before = await driver.observe(spec.name);

      await driver.list();
      const after = await driver.observe(spec.name);

      expect(before?.state).toBe('stopped');
      expect(after).toEqual(before);
    });

    it('takes other authorized keys, and the former ones lose their access', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);
      const successor = createHostKey();

      const updated = await driver.update({ ...spec, authorizedKeys: [successor.publicKey] });

      expect(updated.incarnation).toBe(machine.incarnation);
      expect(updated.keysHash).toBe(keysHash([successor.publicKey]));
      expect(await sshLogin(updated, successor.privateKey, 'true')).toMatchObject({ code: 0 });
      expect(await sshLogin(updated, client.privateKey, 'true')).toMatchObject({ code: 255 });
    });

    it('that was stopped is started by an update, with its disk and its host key', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);
      await sshLogin(machine, client.privateKey, 'echo kept > ~/file');
      await place.stopByHand(spec.name);

      const updated = await driver.update(spec);

      expect(updated).toMatchObject({
        incarnation: machine.incarnation,
        hostKey: machine.hostKey,
        state: 'running',
      });
      expect(await sshLogin(updated, client.privateKey, 'cat ~/file')).toMatchObject({ stdout: 'kept\n' });
    });

    it('that somebody removed is seen as gone, and made anew with another host key', async () => {
      const spec = wanted();
      const machine = await driver.create(spec);

      await place.removeByHand(spec.name);

      expect(await driver.observe(spec.name)).toBeNull();
      await expect(driver.update(spec)).rejects.toMatchObject({ code: 'refused' });
      const successor = await driver.create(spec);
      expect(successor.incarnation).not.toBe(machine.incarnation);
      expect(successor.hostKey).not.toBe(machine.hostKey);
    });

    it('is not made on an address that another one has, and nothing is left of it', async () => {
      const spec = wanted();
      await driver.create(spec);
      const rival = wanted({ networks: spec.networks });

      await expect(driver.create(rival)).rejects.toMatchObject({ code: 'address-taken', retryable: true });

      expect(await driver.observe(rival.name)).toBeNull();
    });

    it('is not made on a network that does not exist, and nothing is left of it', async () => {
      const spec = wanted({ networks: [{ key: 'no-such-network', address: place.natAddress() }] });

      await expect(driver.create(spec)).rejects.toMatchObject({ code: 'refused', retryable: true });

      expect(await driver.observe(spec.name)).toBeNull();
    });

    it('is deleted, and twice is fine', async () => {
      const spec = wanted();
      await driver.create(spec);

      await driver.delete(spec.name);
      expect(await driver.observe(spec.name)).toBeNull();

      await driver.delete(spec.name);
      expect((await driver.list()).map(({ name }) => name)).not.toContain(spec.name);
    });

    it('cannot reach another one over nat, but can over a private network', async () => {
      await driver.createNetwork(place.private);
      const privateNetwork = (): { key: string; address: string } => ({
        key: place.private.key,
        address: place.privateAddress(),
      });
      const [one, other] = [wanted(), wanted()];
      const [networksOfOne, networksOfOther] = [one, other].map((spec) => [
        ...spec.networks,
        privateNetwork(),
      ]);
      const machine = await driver.create({ ...one, networks: networksOfOne ?? [] });
      const neighbour = await driver.create({ ...other, networks: networksOfOther ?? [] });

      const banners = await Promise.all(
        neighbour.addresses.map(async (address) => {
          const probe = `timeout 2 bash -c 'exec 3<>/dev/tcp/${address}/22 && head -c 4 <&3'`;
          return (await sshLogin(machine, client.privateKey, probe)).stdout;
        }),
      );

      expect(banners).toEqual(['', 'SSH-']);
    });

    it('cannot reach a metadata service', async () => {
      const machine = await driver.create(wanted());

      const probe = await sshLogin(
        machine,
        client.privateKey,
        "timeout 5 bash -c 'exec 3<>/dev/tcp/169.254.169.254/80'",
      );

      // 1 is a refusal by the network; 124 would be the time-out of a packet that found its way out.
      expect(probe.code).toBe(1);
    });
  });
}
