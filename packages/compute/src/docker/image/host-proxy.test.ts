import { describe, expect, it } from 'vitest';
import { aptProxyLines, buildProxyLines, parseAptOptions } from './host-proxy.js';

describe('the proxy of a host', () => {
  it('is what apt-config says about fetching, without what belongs to the host alone', () => {
    const dump = `APT::Architecture "amd64";
Acquire::http "";
Acquire::http::Proxy "http://proxy.example:3128";
Acquire::http::Proxy::mirror.example "DIRECT";
Acquire::http::Proxy-Auto-Detect "/usr/local/bin/detect";
Acquire::https::CaInfo "/etc/ssl/ours.pem";
Acquire::Check-Valid-Until "false";
Acquire::GzipIndexes "true";
DPkg::Post-Invoke:: "rm -rf /";
`;

    expect(buildProxyLines(parseAptOptions(dump), {})).toEqual([
      'Acquire::http::Proxy "http://proxy.example:3128";',
      'Acquire::http::Proxy::mirror.example "DIRECT";',
      'Acquire::Check-Valid-Until "false";',
    ]);
  });

  it('of the variables is used where apt has none of its own', () => {
    const options = [{ key: 'Acquire::http::Proxy', value: 'http://apt.example:3142' }];
    const proxy = {
      http: 'http://web.example:3128',
      https: 'http://web.example:3128',
      no: 'localhost, .corp.example,*',
    };

    expect(buildProxyLines(options, proxy)).toEqual([
      'Acquire::http::Proxy "http://apt.example:3142";',
      'Acquire::https::Proxy "http://web.example:3128";',
      'Acquire::https::Proxy::localhost "DIRECT";',
      'Acquire::https::Proxy::corp.example "DIRECT";',
    ]);
  });

  it('on the host’s loopback serves the build but not the machines', () => {
    const options = [{ key: 'Acquire::http::Proxy', value: 'http://127.0.0.1:3142' }];
    const proxy = { https: 'http://user:pw@localhost:3128' };

    expect(buildProxyLines(options, proxy)).toHaveLength(2);
    expect(aptProxyLines(options, proxy)).toEqual([]);
  });

  it('cannot smuggle in other settings', () => {
    expect(buildProxyLines([], { http: 'http://x";DPkg::Pre-Invoke {"id";}; //' })).toEqual([]);
  });
});
