// The words of templates, checklists and copying.
import { main } from "../site/page.js";

export const words = () => self.playbookWords[main.dataset.text].fill;
