import puppeteer, { type Browser, type Page } from "puppeteer-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Chromium is: `CHROMIUM`, else the usual places; undefined when there is none. */
export function findChromium(): string | undefined {
  const named = Deno.env.get("CHROMIUM");
  return named ?? PLACES.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** A browser with a profile of its own that is gone afterwards. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens a file and gathers what its page complains about and asks for. */
  open(url: string, view: PageView): Promise<WatchedPage>;
}

/** How a page is looked at. */
export interface PageView {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** An open page with what happened in it so far. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** Console errors and warnings, thrown errors, failed requests. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for, without the document's own. */
  readonly requests: readonly string[];
}

/** Starts headless Chromium. */
export async function startChromium(executablePath: string): Promise<TestBrowser> {
  const userDataDir = await Deno.makeTempDir();
  const browser = await puppeteer.launch({
    executablePath,
    userDataDir,
    headless: true,
    args: FLAGS,
    timeout: 60_000,
  });
  return {
    open: (url, view) => openPage(browser, url, view),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await Deno.remove(userDataDir, { recursive: true });
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  { width, scheme }: PageView,
): Promise<WatchedPage> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warn") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.setViewport({ width, height: 844, isMobile: width < 600, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(url, { waitUntil: "load", timeout: 60_000 });
  return { page, complaints, requests, [Symbol.asyncDispose]: () => page.close() };
}
