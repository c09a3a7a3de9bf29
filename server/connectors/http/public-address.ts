import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** The IANA special-purpose registry of IPv4: everything here is this machine, this network or nobody. */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of IPv6 only 2000::/3 is given out at all; inside it, tunnels that carry an IPv4 address and documentation. */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refusedV4 = new BlockList();
for (const [net, bits] of NOT_PUBLIC_V4) refusedV4.addSubnet(net, bits, 'ipv4');
const refusedV6 = new BlockList();
for (const [net, bits] of NOT_PUBLIC_V6) refusedV6.addSubnet(net, bits, 'ipv6');
const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/**
 * True for an address on the open internet. What is not surely public is not: an IPv4 address dressed as IPv6
 * (`::ffff:127.0.0.1`, `64:ff9b::7f00:1`) lies outside of 2000::/3 and so is refused whatever it holds.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refusedV4.check(address, 'ipv4');
  return isIPv6(address) && givenOut.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
}
