interface StoredRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly body: string;
  draft: boolean;
  readonly make_latest: string;
  readonly assets: Map<string, Uint8Array<ArrayBuffer>>;
}

/** A stand-in for GitHub's API on loopback, with what it was told. */
export interface GitHubStandIn extends AsyncDisposable {
  readonly url: string;
  /** Newest last. */
  readonly releases: StoredRelease[];
  readonly issues: { readonly title: string; readonly body: string; readonly comments: string[] }[];
  /** Requests that came without the token. */
  readonly strangers: string[];
}

/** Starts a stand-in that knows one repository and one token. */
export function startGitHub(repository: string, token: string): GitHubStandIn {
  const releases: StoredRelease[] = [];
  const issues: GitHubStandIn["issues"] = [];
  const strangers: string[] = [];
  let next = 1;
  const shown = (release: StoredRelease) => ({
    id: release.id,
    tag_name: release.tag_name,
    draft: release.draft,
    upload_url: `${url}/uploads/${release.id}/assets{?name,label}`,
    assets: [...release.assets.keys()].map((name) => ({
      name,
      url: `${url}/assets/${release.id}/${name}`,
    })),
  });
  const found = (id?: string) => releases.find((one) => String(one.id) === id);

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const asked = `${request.method} ${pathname.replace(`/repos/${repository}`, "")}`;
    if (request.headers.get("authorization") !== `Bearer ${token}`) {
      strangers.push(asked);
      return Response.json({ message: "Bad credentials" }, { status: 401 });
    }
    const [, verb, what, id, more] = /^(\w+) \/(\w+)\/?([^/]*)\/?(.*)$/.exec(asked) ?? [];
    const page = <Item>(all: readonly Item[]) => {
      const size = Number(searchParams.get("per_page"));
      return all.slice((Number(searchParams.get("page")) - 1) * size).slice(0, size);
    };
    switch (`${verb} ${what}`) {
      case "GET releases":
        return Response.json(page(releases.toReversed().map(shown)));
      case "POST releases": {
        const release = { ...await request.json(), id: next++, assets: new Map() };
        releases.push(release);
        return Response.json(shown(release), { status: 201 });
      }
      case "PATCH releases":
        Object.assign(found(id)!, await request.json());
        return Response.json(shown(found(id)!));
      case "DELETE releases":
        releases.splice(releases.indexOf(found(id)!), 1);
        return new Response(null, { status: 204 });
      case "DELETE git":
        return new Response(null, { status: 204 });
      case "POST uploads": {
        const bytes = new Uint8Array(await request.arrayBuffer());
        found(id)!.assets.set(searchParams.get("name")!, bytes);
        return Response.json({}, { status: 201 });
      }
      case "GET assets":
        return new Response(found(id)?.assets.get(more!));
      case "GET issues":
        return Response.json(page(issues.map(({ body }, at) => ({ number: at + 1, body }))));
      case "POST issues": {
        const value = await request.json();
        if (id) issues[Number(id) - 1]!.comments.push(value.body);
        else issues.push({ ...value, comments: [] });
        return Response.json({}, { status: 201 });
      }
    }
    return Response.json({ message: "Not Found" }, { status: 404 });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const url = `http://127.0.0.1:${server.addr.port}`;
  return { url, releases, issues, strangers, [Symbol.asyncDispose]: () => server.shutdown() };
}
