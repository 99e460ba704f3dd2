// A slow line hides what is queued in it: writing never says that the far end has not seen the last frame yet. So the terminal
// itself is asked: `CSI 5n` after a frame, and the next frame only once it has replied. What the reply took tells how many bytes
// go through in a quarter of a second, and frames are made no larger. A terminal that leaves the first question without a reply
// is not asked again. Only what a key changed does not wait: a little of it
// may be on its way beside a frame.
import type {Clock} from '../../cutover/ports.ts';

const question = '\u001b[5n';
const lostAfter = 5000;
const aim = 250;
const late = 150;
const telling = 200;
const budgets = {least: 200, most: 4096, unlimited: 32_768} as const;
const answersToAProbe = 16;
const carried = 40;

/** `send` writes to the terminal at once; `ready` is called when the next frame may go. */
export type FlowControlPorts = {
	readonly clock: Pick<Clock, 'after' | 'steady'>;
	readonly send: (bytes: string) => void;
	readonly ready: () => void;
};

/** The flow of frames to one terminal, ruled by its replies. */
export class Acknowledgement {
	/** Bytes that the next frame may have. */
	budget = Number.POSITIVE_INFINITY;
	readonly #ports: FlowControlPorts;
	#replies = false;
	#sent: {readonly bytes: number; readonly at: number} | null = null;
	#ahead = 0;
	#latency = Number.POSITIVE_INFINITY;
	#answers = 0;
	#stop = () => {};
	#settled = () => {};

	constructor(ports: FlowControlPorts) {
		this.#ports = ports;
	}

	/** A question of its own, with no frame before it: it shows what the line takes for nothing. */
	probe(): void {
		this.#expect(0);
		this.#ports.send(question);
	}

	/** Whether a frame is on its way whose reply has not come. */
	get waiting(): boolean {
		return this.#replies && this.#sent !== null;
	}

	/** How many bytes may still go beside a frame whose reply has not come. */
	get ahead(): number {
		return budgets.least - this.#ahead;
	}

	/** So many went. What carries them over the line has bytes of its own. */
	wentAhead(bytes: number): void {
		this.#ahead += bytes + carried;
	}

	/** What to send behind a frame of this many bytes: the question, or nothing to a terminal that does not reply. */
	after(bytes: number): string {
		if (!this.#replies) return '';
		this.#expect(bytes);
		return question;
	}

	/** The terminal's reply has come. */
	replied(): void {
		const sent = this.#sent;
		this.forget();
		this.#replies = true;
		if (sent) this.#learn(sent.bytes, this.#ports.clock.steady() - sent.at);
		const limited = this.budget !== Number.POSITIVE_INFINITY;
		if (limited && ++this.#answers % answersToAProbe === 0) this.probe();
		else this.#ports.ready();
	}

	/** No reply is waited for any more. */
	forget(): void {
		this.#stop();
		this.#sent = null;
		this.#settled();
	}

	/** Resolves when no reply is on its way, or after `ms`: one that came later would be typed into the shell. */
	settled(ms: number): Promise<void> {
		if (this.#sent === null) return Promise.resolve();
		return new Promise(resolve => {
			const stop = this.#ports.clock.after(ms, resolve);
			this.#settled = () => {
				stop();
				resolve();
			};
		});
	}

	#expect(bytes: number): void {
		this.#stop();
		this.#ahead = 0;
		this.#sent = {bytes, at: this.#ports.clock.steady()};
		this.#stop = this.#ports.clock.after(lostAfter, () => {
			this.forget();
			if (this.#replies) this.#learn(bytes, lostAfter);
			this.#ports.ready();
		});
	}

	/** A small frame that came late says little of the throughput, and one that came in time nothing. */
	#learn(bytes: number, took: number): void {
		this.#latency = bytes === 0 ? took : Math.min(this.#latency, took);
		const inTransit = took - this.#latency;
		if (inTransit <= late) {
			if (bytes * 2 >= this.budget) this.budget *= 2;
			if (this.budget > budgets.unlimited) this.budget = Number.POSITIVE_INFINITY;
		} else if (bytes >= telling) {
			this.budget = Math.max(budgets.least, Math.min(budgets.most, Math.round((bytes / inTransit) * aim)));
		}
	}
}
