interface OpenStepper {
  /** Checks the step and goes on; from the last one the form is sent. */
  readonly next: () => void;
  readonly last: boolean;
}

/** How the page's own button reaches the steps: it says «Далее» until the last one. */
export class StepperLink {
  #open: OpenStepper | undefined;
  #told: boolean | undefined;
  #listener: ((last: boolean) => void) | undefined;

  register(stepper: OpenStepper): () => void {
    this.#open = stepper;
    if (this.#told !== stepper.last) this.#listener?.(stepper.last);
    this.#told = stepper.last;
    return () => {
      if (this.#open === stepper) this.#open = undefined;
    };
  }

  get open(): OpenStepper | undefined {
    return this.#open;
  }

  /** Told whether the step that is open is the last one. */
  listen(listener: ((last: boolean) => void) | undefined): () => void {
    this.#listener = listener;
    if (this.#open) listener?.(this.#open.last);
    return () => (this.#listener = undefined);
  }
}
