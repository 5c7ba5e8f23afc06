// A page that shows how things are now: read when somebody comes to it, again every so often while it is seen, and when
// the language changes, since its words come from the server.

import { Component } from "./html.js";
import { language } from "./texts.js";

export class Fresh extends Component {
  componentDidMount() {
    this.told = language.value;
    this.load();
    this.timer = setInterval(() => !document.hidden && this.load(), this.everyMs);
  }

  componentDidUpdate() {
    if (this.told === language.value) return;
    this.told = language.value;
    this.load();
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }
}
