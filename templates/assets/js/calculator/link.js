// Links that hold a form: "#ID?state" shows one, "#ID+more" adds to the reader's.
import { store } from "../reader/store.js";

const LONGEST = 200_000; // characters

export class Link {
  constructor(calculator) {
    this.calculator = calculator;
    this.ui = calculator.ui;
  }

  /** Shows what the page's link brings, if it is for this calculator: "#ID?state" or "#ID+more". */
  follow() {
    const [, id, way, encoded] = /^#([^?+]*)([?+])(.*)$/s.exec(location.hash) ?? [];
    if (id !== this.calculator.id) return false;
    const mine = this.calculator.stored;
    if (this.tooLarge(encoded)) {
      if (mine !== null) {
        this.calculator.showMine(mine);
        this.calculator.computation.whenSeen();
      }
      this.calculator.notice.say(this.ui["link-large"], [], true);
      return true;
    }
    if (way === "+") this.takeOver(encoded, mine);
    else this.showState(encoded, mine);
    this.calculator.scrollIntoView();
    if (this.calculator.mark !== this.calculator.shown) this.calculator.computation.compute();
    return true;
  }

  /** Whether a link holds more than the form takes; told before anything is made of it. */
  tooLarge(encoded) {
    if (encoded.length > LONGEST) return true;
    const { rows } = this.calculator.parse(encoded);
    return [...rows].some(([name, { length }]) => length > this.calculator.groups.get(name).max);
  }

  showState(encoded, mine) {
    const unused = this.calculator.show(encoded);
    this.calculator.linked = true;
    const other = mine !== null && mine !== this.calculator.state;
    this.calculator.notice.say([this.ui[other ? "shared" : "shared-new"], this.calculator.dropped(unused)].filter(Boolean).join(" "), other ? [[this.ui.mine, () => {
      this.calculator.showMine(mine);
      this.calculator.linked = true; // whatever was made of the link's meanwhile
      this.calculator.edited();
    }]] : [], true);
  }

  /** Adds what another calculator hands over. */
  takeOver(encoded, mine) {
    const accepted = store.read("handover", { session: true }) === location.hash;
    store.write("handover", null, { session: true });
    if (mine !== null) this.calculator.showMine(mine);
    const act = () => {
      this.calculator.example.empty(false);
      this.calculator.presets.add(encoded);
    };
    if (accepted) return this.calculator.change(act, this.ui.added);
    const before = [this.calculator.state, new Map(this.calculator.files.texts)];
    act();
    this.calculator.linked = true;
    this.calculator.notice.say(this.ui.handed, [[this.ui.keep, () => this.calculator.edited()], [this.ui.undo, () => {
      this.calculator.show(...before);
      this.calculator.linked = true;
      this.calculator.edited();
    }]], true);
  }

  async copy() {
    const state = this.calculator.state;
    const without = this.calculator.files.texts.size ? " " + this.ui["file-linked"] : "";
    this.setFragment(`#${this.calculator.id}?${state}`);
    try {
      await navigator.clipboard.writeText(location.href.split("#")[0] + `#${this.calculator.id}?${state}`);
      this.calculator.notice.say(this.ui.linked + without);
    } catch {
      this.calculator.notice.say(this.ui["linked-above"] + without);
    }
  }

  /** A fragment that no longer tells what is shown becomes a plain anchor. */
  dropFragment() {
    if (location.hash.startsWith(`#${this.calculator.id}?`) || location.hash.startsWith(`#${this.calculator.id}+`)) this.setFragment("#" + this.calculator.id);
  }

  setFragment(hash) {
    try { history.replaceState(history.state, "", hash); } catch { /* as it was */ }
  }
}
