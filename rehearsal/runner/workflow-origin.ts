/** Where a workflow file comes from. `$/` in it means this repository. */
export interface WorkflowOrigin {
  readonly repository: string;
  /** A checkout of it. */
  readonly root: string;
  readonly path: string;
}
