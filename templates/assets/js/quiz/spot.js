// Spot the move: data-key is the labels that are right for each turn that is asked.
import { addKind } from "./kinds.js";

addKind("spot", { tells: ({ right }) => right });
