// What worksheets computed, in templates: the reader's own where there is one. The
// calculators' code starts for no other reader.
import { today } from "./calculator/day.js";
import { runtime } from "./calculator/runtime.js";
import { store } from "./reader/store.js";
import { $$ } from "./site/page.js";

const plain = (text) => text.replace(/\\([nt\\])/g, (whole, c) => ({ n: "\n", t: "\t", "\\": "\\" })[c]);

/** The places of one worksheet's values. */
class Values {
  constructor(id, places) {
    this.key = "calc:" + id;
    this.places = places;
    this.example = places.map((place) => [...place.childNodes]);
    this.asker = { dataset: places[0].dataset, files: { texts: new Map() } };
    store.watch(this.key, () => this.show());
    // The worksheet may stand on this page, too, and stores what is typed.
    document.getElementById(id)?.addEventListener("input", () => setTimeout(() => this.show()));
    this.show();
  }

  async show() {
    const state = store.read(this.key);
    const asked = this.asked = Symbol();
    let values = new Map();
    if (state !== null) {
      try {
        const { dataset } = this.asker;
        const day = dataset.today ? `${encodeURIComponent(dataset.today)}=${today()}&` : "";
        const answer = await runtime.ask(this.asker, "values", day + state);
        const [, lines = ""] = answer.split(/(?:^|\n)\n/);
        values = new Map(lines.split("\n").filter(Boolean).map((line) => line.split("\t").map(plain)));
      } catch (error) {
        console.error(error);
      }
    }
    if (this.asked !== asked) return; // a later one is under way
    for (const [i, place] of this.places.entries()) {
      const own = values.get(place.dataset.value);
      place.replaceChildren(...(own === undefined ? this.example[i] : [own]));
      if (own === undefined) delete place.dataset.filled;
      else place.dataset.filled = own;
    }
  }
}

const byID = Map.groupBy($$(".gap-value"), (place) => place.dataset.calculator);
for (const [id, places] of byID) new Values(id, places);
