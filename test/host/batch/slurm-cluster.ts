/** @file A Slurm cluster of two nodes on this machine, from Debian's packages, for the tests. Needs root. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol'] as const;
const NODES = ['n1', 'n2'] as const;
/** Apart from Slurm's own, so that a cluster of the machine is left alone. */
const PORT = 16817;

/** Why no cluster can be started here; null where it can. */
export function slurmMissing(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return "Slurm's daemons need root on Linux";
  const missing = PROGRAMS.filter((program) => spawnSync('which', [program]).status !== 0);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')} (Debian: slurm-wlm, munge)`;
}

export class SlurmCluster {
  readonly #folder: string;
  readonly #pidFiles: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves when both nodes are idle. */
  static async start(folder: string): Promise<SlurmCluster> {
    mkdirSync(folder, { recursive: true });
    // Munge refuses folders that others may write.
    chmodSync(folder, 0o755);
    const cluster = new SlurmCluster(folder);
    cluster.#configure();
    try {
      cluster.#startAll();
      await cluster.#until(() => /^p\S*\s.*\s2\s+idle/m.test(cluster.run('sinfo', []).out), 60);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** For programs that talk to the cluster. */
  get environment(): Readonly<Record<string, string>> {
    return { SLURM_CONF: this.#at('slurm.conf') };
  }

  run(program: string, args: readonly string[]): { code: number | null; out: string } {
    const { status, stdout, stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, ...this.environment },
    });
    return { code: status, out: `${stdout}${stderr}` };
  }

  /** Resolves when no job waits or runs. */
  async idle(seconds: number): Promise<void> {
    await this.#until(() => this.run('squeue', ['--noheader']).out.trim() === '', seconds);
  }

  async stop(): Promise<void> {
    for (const file of this.#pidFiles.reverse()) {
      if (!existsSync(file)) continue;
      const pid = Number(readFileSync(file, 'utf8'));
      if (isAlive(pid)) process.kill(pid, 'SIGTERM');
      await this.#until(() => !isAlive(pid), 20);
    }
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  #configure(): void {
    const at = (name: string) => this.#at(name);
    mkdirSync(at('state'), { recursive: true });
    writeFileSync(at('munge.key'), randomBytes(1024), { mode: 0o400 });
    writeFileSync(
      at('slurm.conf'),
      `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${PORT}
AuthType=auth/munge
AuthInfo=socket=${at('munge.socket')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmUser=root
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool')}-%n
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('slurmd')}-%n.pid
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('slurmd')}-%n.log
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1
NodeName=n[1-2] NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=[${PORT + 1}-${PORT + 2}] CPUs=2 State=UNKNOWN
PartitionName=p Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
    );
  }

  #startAll(): void {
    const at = (name: string) => this.#at(name);
    this.#daemon('munged', 'munged.pid', [
      ...['--force', `--socket=${at('munge.socket')}`, `--key-file=${at('munge.key')}`],
      ...[`--pid-file=${at('munged.pid')}`, `--log-file=${at('munged.log')}`, `--seed-file=${at('munge.seed')}`],
    ]);
    this.#daemon('slurmctld', 'slurmctld.pid', ['-f', at('slurm.conf')]);
    for (const node of NODES) this.#daemon('slurmd', `slurmd-${node}.pid`, ['-N', node, '-f', at('slurm.conf')]);
  }

  #daemon(program: string, pidFile: string, args: readonly string[]): void {
    const { code, out } = this.run(program, args);
    if (code !== 0) throw new Error(`${program} did not start: ${out}`);
    this.#pidFiles.push(this.#at(pidFile));
  }

  async #until(isTime: () => boolean, seconds: number): Promise<void> {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
      if (isTime()) return;
      await wait(500);
    }
    throw new Error(`Not within ${seconds} s. ${this.run('squeue', []).out}`);
  }
}

/** A daemon that has ended stays in the table of processes where nobody reaps it. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
