import { linkLocal, nameServerAddresses, type Uplink } from './addresses.ts';

/** What the machine's packet filter is told of a worker's network. */
export interface HostRules {
  table: string;
  /** The machine's end of the link to the gateway. */
  device: string;
  uplink: Uplink;
  /** The machine's name servers, which `nameServerAddresses` stand for. */
  nameServers: readonly string[];
  /** Interfaces that forward packets only because of this worker. */
  opened: readonly string[];
}

/**
 * The nftables table of a worker, in place of an earlier one. From the functions' network nothing is let through to an
 * address of the machine itself but questions to the name server, whichever program listens and whatever else
 * translates addresses. Interfaces in `opened` stay closed to everybody else who would like to be forwarded.
 */
export function hostRules({ table, device, uplink, nameServers, opened }: HostRules): string {
  const standIns = nameServerAddresses.slice(0, nameServers.length);
  const dns = `ip daddr { ${standIns.join(', ')} } meta l4proto { tcp, udp } th dport 53`;
  const hasDns = standIns.length > 0;
  const translations = standIns.map((standIn, i) => `${standIn} : ${nameServers[i]}`).join(', ');
  const elements = opened.map((name) => `"${name}"`).join(', ');
  return `
table inet ${table}
delete table inet ${table}
table inet ${table} {
  set opened {
    type ifname
    ${elements && `elements = { ${elements} }`}
  }
  chain arriving {
    type filter hook prerouting priority mangle
    iifname "${device}" jump from_functions
  }
  chain from_functions {
    meta nfproto ipv6 drop
    ip saddr != ${uplink.gateway} drop
    ${hasDns ? `${dns} return` : ''}
    fib daddr type != unicast reject with icmp type admin-prohibited
    ip daddr { 0.0.0.0/8, 127.0.0.0/8, ${linkLocal} } reject with icmp type admin-prohibited
  }
  chain translate_destination {
    type nat hook prerouting priority dstnat
    ${hasDns ? `iifname "${device}" ${dns} dnat ip to ip daddr map { ${translations} }` : ''}
  }
  chain input {
    type filter hook input priority filter
    iifname "${device}" jump to_machine
  }
  chain to_machine {
    ${hasDns ? `ct original ip daddr { ${standIns.join(', ')} } accept` : ''}
    drop
  }
  chain forward {
    type filter hook forward priority filter
    iifname "${device}" oifname "${device}" drop
    iifname "${device}" tcp flags syn tcp option maxseg size set rt mtu
    iifname "${device}" accept
    oifname "${device}" ct state established,related accept
    oifname "${device}" drop
    iifname @opened ct state established,related accept
    iifname @opened ct status dnat accept
    iifname @opened drop
  }
  chain translate_source {
    type nat hook postrouting priority srcnat
    ip saddr ${uplink.gateway} oifname != "${device}" masquerade
  }
}
`;
}
