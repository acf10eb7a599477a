// Sort into groups: data-key is the numbers of the groups that each item may go into.
import { addKind } from "./kinds.js";

addKind("sort", { tells: ({ right }) => right });
