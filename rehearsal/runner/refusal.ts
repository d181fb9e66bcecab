/** The workflow cannot be run here, or GitHub would not start it: one sentence, known before any job starts. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** A step failed: its message is the sentence that becomes the step's error. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
}
