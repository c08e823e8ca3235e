export interface ToggleOptions {
  readonly initial: boolean;
  /** Shows a state at once, before the server has heard of it. */
  readonly show: (on: boolean) => void;
  /** Asks the server for a state; resolves to the one it is now in. */
  readonly send: (on: boolean) => Promise<boolean>;
  /** Called after a failure, when the last confirmed state is shown again. */
  readonly failed: (error: unknown) => void;
}

export interface Toggle {
  /** The last state that the server told. */
  readonly confirmed: boolean;
  flip(): Promise<void>;
  /** Takes over a state that came about elsewhere, as in another tab. */
  hear(on: boolean): void;
}

/**
 * A switch that shows what was asked for immediately and sends one request at a time: clicks made
 * meanwhile only change what is wanted, and however many there were, the last one holds.
 */
export function createToggle({ initial, show, send, failed }: ToggleOptions): Toggle {
  let confirmed = initial;
  let wanted = initial;
  let sending = false;

  async function flip(): Promise<void> {
    wanted = !wanted;
    show(wanted);
    if (sending) return;
    sending = true;
    try {
      while (confirmed !== wanted) confirmed = await send(wanted);
    } catch (error) {
      wanted = confirmed;
      show(confirmed);
      failed(error);
    } finally {
      sending = false;
    }
  }

  function hear(on: boolean): void {
    confirmed = on;
    if (sending || wanted === on) return;
    wanted = on;
    show(on);
  }

  return {
    get confirmed() {
      return confirmed;
    },
    flip,
    hear,
  };
}
