import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { gatewayAddress, linkLocal, nameServerAddresses, type Uplink } from './addresses.ts';
import { commandEnvironment } from './command.ts';

/** Connections that one environment may have at a time, those that were closed a moment ago included. */
const maxFlowsPerEnvironment = 4096;

const rules = `
table inet hearth {
  set flows {
    type ipv4_addr
    flags dynamic
    size 65536
  }
  chain forward {
    type filter hook forward priority filter; policy drop
    iifname "uplink" oifname "e*" ct state established,related accept
    iifname "e*" oifname "uplink" jump outgoing
    iifname "e*" reject with icmp type admin-prohibited
  }
  chain outgoing {
    ct state new add @flows { ip saddr ct count over ${maxFlowsPerEnvironment} } drop
    ip daddr { ${nameServerAddresses.join(', ')} } meta l4proto { tcp, udp } th dport 53 accept
    ip daddr ${linkLocal} reject with icmp type admin-prohibited
    accept
  }
  chain input {
    type filter hook input priority filter; policy drop
  }
  chain translate_source {
    type nat hook postrouting priority srcnat
    oifname "uplink" masquerade
  }
}
`;

/**
 * Lives as long as the worker keeps its standard input open, in namespaces of its own that vanish with it: the gateway
 * between environments and machine. `make` and `renew` are followed by an environment's number and its address.
 */
const script = `
set -e
mount -t tmpfs -o mode=0755,size=4m hearth /run
mkdir /run/netns /run/ready
no_ipv6=
if [ -e /proc/sys/net/ipv6/conf/default/disable_ipv6 ]; then
  echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
  no_ipv6='link set eth0 addrgenmode none'
fi
echo 1 > /proc/sys/net/ipv4/conf/default/rp_filter
echo 1 > /proc/sys/net/ipv4/ip_forward
nft -f - <<'END'
${rules}
END
ip link set lo up
ip addr add ${gatewayAddress}/32 dev lo
ip link add uplink type veth peer name "$2" netns "$1"
ip addr add "$4" peer "$3" dev uplink
ip link set uplink up
ip route add default via "$3"
set +e
address() {
  ip -n "e$1" -batch - <<END && ip -batch - <<END2
link set lo up
$no_ipv6
link set eth0 up
addr flush dev eth0
addr add $2/32 dev eth0
route add default via ${gatewayAddress} dev eth0 onlink
END
route flush dev e$1
route add $2 dev e$1
END2
}
make() {
  ip -batch - <<END && address "$@" && : > "/run/ready/e$1"
netns add e$1
link add e$1 type veth peer name eth0 netns e$1
link set e$1 up
END
}
renew() {
  [ -z "$(ip netns pids "e$1")" ] && address "$@"
}
drop() {
  ip link del "e$1"; ip netns del "e$1"; rm -f "/run/ready/e$1"
}
echo ok
while read -r verb number address; do
  answer=$("$verb" "$number" "$address" 2>&1) && echo ok || echo "failed: "$answer
done
`;

/**
 * The network namespace between environments and machine, and one for each environment that needs one. Environments
 * reach only what lies beyond the machine's end of the link, never each other.
 */
export class Gateway {
  readonly #holder: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;
  /** Who waits for an answer of the holder, in the order of their requests. */
  readonly #asking: ((answer: string) => void)[] = [];
  #isOver = false;

  private constructor(device: string, uplink: Uplink) {
    const options = ['--mount', '--net', '--propagation', 'private', '--', '/bin/sh', '-c'];
    const args = [String(process.pid), device, uplink.host, uplink.gateway];
    this.#holder = spawn('unshare', [...options, `exec 2>&1\n${script}`, 'sh', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: commandEnvironment,
      detached: true,
    });
    this.#holder.stdin.on('error', () => {});
    this.#ended = once(this.#holder, 'close').catch(() => {});
    const lines = createInterface(this.#holder.stdout);
    lines.on('line', (line) => this.#asking.shift()?.(line));
    const giveUp = () => {
      this.#isOver = true;
      for (const answer of this.#asking.splice(0)) answer('it has ended');
    };
    this.#holder.on('error', giveUp);
    lines.on('close', giveUp);
  }

  /**
   * @param device the name that the machine's end of the link gets, in the worker's network namespace.
   * @throws Error when the kernel refuses, with its reason.
   */
  static async open(device: string, uplink: Uplink): Promise<Gateway> {
    const gateway = new Gateway(device, uplink);
    try {
      await gateway.#answer();
      return gateway;
    } catch (error) {
      await gateway.close();
      throw error;
    }
  }

  /** File of an environment's network namespace. */
  file(number: number): string {
    return `/proc/${this.#holder.pid}/root/run/netns/e${number}`;
  }

  /** File that is there once the namespace is complete. */
  readyFile(number: number): string {
    return `/proc/${this.#holder.pid}/root/run/ready/e${number}`;
  }

  /** Makes the namespace of this number. @throws Error with the reason. */
  make(number: number, address: string): Promise<void> {
    return this.#ask(`make ${number} ${address}`);
  }

  /** Gives an emptied namespace another address. @throws Error when a process is left in it. */
  renew(number: number, address: string): Promise<void> {
    return this.#ask(`renew ${number} ${address}`);
  }

  /** Cuts a namespace off for good. */
  drop(number: number): Promise<void> {
    return this.#ask(`drop ${number}`);
  }

  async close(): Promise<void> {
    this.#holder.kill('SIGKILL');
    await this.#ended;
  }

  async #ask(request: string): Promise<void> {
    this.#holder.stdin.write(`${request}\n`);
    await this.#answer();
  }

  async #answer(): Promise<void> {
    const answer = this.#isOver
      ? 'it has ended'
      : await new Promise<string>((resolve) => this.#asking.push(resolve));
    if (answer !== 'ok') throw new Error(`the gateway of functions: ${answer}`);
  }
}
