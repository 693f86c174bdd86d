using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Halley.Bench;

/// <summary>The decision server under load: native, on the first core, with the load on the second.</summary>
sealed class ServingArea : IArea
{
    const string Shape =
        "motor-quote of two GLMs, 500 trees of 31 leaves and 10 steps; native server on core 0, wrk with 64 keep-alive connections on core 1";

    public string Name => "serving";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        foreach (var tool in new[] { "wrk", "taskset" })
        {
            if (Rivals.FirstLine("which", tool) is null)
            {
                Console.Error.WriteLine($"left out: serving: '{tool}' is not on this machine.");
                return [];
            }
        }
        return MeasureAsync(options).ToBlockingEnumerable();
    }

    static async IAsyncEnumerable<Figure> MeasureAsync(BenchOptions options)
    {
        using var project = ServedProject.Make(30_000);
        var bodies = await project.BodiesAsync(500);
        string[] live =
        [
            "serving.durable_vs_empty",
            "serving.plain_vs_empty",
            "serving.p99_over_sync",
            "serving.replay_per_second",
        ];
        if (live.Any(options.Wants))
        {
            await foreach (var figure in LiveAsync(project, bodies, options))
                yield return figure;
            yield return ReplayFigure(project);
        }
        if (options.Wants("serving.batch_per_second"))
            yield return BatchFigure(project, options);
    }

    /// <summary>Every decision of the load above once more through its release as if it were another, the difference priced.</summary>
    static Figure ReplayFigure(ServedProject project)
    {
        var clock = Stopwatch.StartNew();
        using var report = JsonDocument.Parse(
            project.Halley("replay", ServedProject.Decision, "--through", $"{ServedProject.Decision}@1", "--json")
        );
        var seconds = clock.Elapsed.TotalSeconds;
        var decisions = report.RootElement.GetProperty("decisions").GetInt64();
        return new(
            "serving.replay_per_second",
            decisions / seconds,
            "1/s",
            Settings: $"halley replay of {decisions:N0} logged decisions, SQLite, from start to report in {seconds:0.0} s, two cores; {report.RootElement.GetProperty("same").GetInt64():N0} the same to the bit"
        );
    }

    static Figure BatchFigure(ServedProject project, BenchOptions options)
    {
        var rows = options.Quick ? 200_000 : 1_000_000;
        project.Halley("data", "generate", "--policies", Text(rows), "--out", "large");
        var clock = Stopwatch.StartNew();
        using var report = JsonDocument.Parse(
            project.Halley(
                "batch",
                $"{ServedProject.Decision}@1",
                "--data",
                "large/quotes.parquet",
                "--out",
                "answers.parquet",
                "--json"
            )
        );
        var seconds = clock.Elapsed.TotalSeconds;
        var decided = report.RootElement.GetProperty("rows").GetInt64();
        return new(
            "serving.batch_per_second",
            decided / seconds,
            "1/s",
            Settings: $"halley batch of {decided:N0} quotes, Parquet to Parquet with reasons, from start to the file in {seconds:0.0} s, two cores"
        );
    }

    static async IAsyncEnumerable<Figure> LiveAsync(ServedProject project, string[] bodies, BenchOptions options)
    {
        var program = ServerProcess.Publish();
        var load = new ClosedLoop(project.Folder) { Seconds = options.Quick ? (1, 3) : (3, 10) };
        load.Prepare(bodies);
        int bytes;
        using (var first = await ServerProcess.StartAsync(program, project.Store, 64))
            bytes = (await first.PostAsync(Path, bodies[0])).Length;
        using var server = await ServerProcess.StartAsync(program, project.Store, bytes);
        await server.PostAsync("/empty", bodies[0]);

        // 1. In the order A B B A, so that a machine whose speed drifts is fair to both.
        var (durable, empty) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < (options.Quick ? 1 : 5); pair++)
        {
            durable.Add(load.PerSecond(server.Address + Path));
            empty.Add(load.PerSecond(server.Address + "/empty"));
            empty.Add(load.PerSecond(server.Address + "/empty"));
            durable.Add(load.PerSecond(server.Address + Path));
        }
        var (ours, ceiling) = (Paired.Median([.. durable]), Paired.Median([.. empty]));
        var shares = durable.Zip(empty, (one, other) => one / other).ToArray();
        yield return new(
            "serving.durable_vs_empty",
            Paired.Median(shares),
            "share",
            "an endpoint that reads the same request and answers a constant",
            ceiling,
            ours / ceiling,
            $"{Shape}; each decision is durable before its answer; decisions {ours:N0}/s, empty {ceiling:N0}/s, answers of {bytes} bytes"
        );

        // 2. The trees alone, by the Open Inference Protocol, without a record.
        var plain = new ClosedLoop(project.Folder) { Name = "plain", Seconds = load.Seconds };
        plain.Prepare(bodies.Select(Tensors).ToArray());
        var (scores, bare) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < (options.Quick ? 1 : 5); pair++)
        {
            scores.Add(plain.PerSecond(server.Address + Scores));
            bare.Add(load.PerSecond(server.Address + "/empty"));
            bare.Add(load.PerSecond(server.Address + "/empty"));
            scores.Add(plain.PerSecond(server.Address + Scores));
        }
        yield return new(
            "serving.plain_vs_empty",
            Paired.Median([.. scores.Zip(bare, (one, other) => one / other)]),
            "share",
            "the same endpoint",
            Paired.Median([.. bare]),
            Paired.Median([.. scores]) / Paired.Median([.. bare]),
            $"500 trees of 31 leaves by the Open Inference Protocol, one row of 16 tensors a request: {Paired.Median([.. scores]):N0}/s"
        );

        // 3. Half of the decisions, each request at its moment.
        var sync = SyncLoop.Milliseconds(project.Folder, TimeSpan.FromSeconds(options.Quick ? 2 : 10));
        if (
            ChildTasks.Measure(
                "open-loop",
                server.Address,
                $"{project.Folder}/load.txt",
                Text(ours / 2),
                options.Quick ? "3" : "10"
            ) is
            { } times
        )
        {
            yield return new(
                "serving.p99_over_sync",
                times[1] / Quantile(sync, 0.99),
                "times",
                "p99 of writes of 64 kB with fdatasync, ms",
                Quantile(sync, 0.99),
                Settings: $"{ours / 2:N0} requests a second at constant rate, latency from the scheduled moment: p50 {times[0]:0.00} ms, p99 {times[1]:0.00} ms, p99.9 {times[2]:0.00} ms; sync p50 {Quantile(sync, 0.5):0.00} ms"
            );
        }
        yield return new("serving.server_mb_after_load", server.Megabytes, "MB", Settings: "resident after the load above");
    }

    /// <summary>p50, p99 and p99.9, ms, of a load at constant rate: address, file of bodies, requests a second, seconds.</summary>
    public static double[]? OpenLoop(string[] arguments)
    {
        // The second core, as wrk; the first is the server's.
        if (OperatingSystem.IsLinux())
            Process.GetCurrentProcess().ProcessorAffinity = 2;
        var loop = new OpenLoop(new(arguments[0]), Path, File.ReadAllLines(arguments[1]));
        var times = loop.Milliseconds(
            double.Parse(arguments[2], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(3),
            TimeSpan.FromSeconds(int.Parse(arguments[3], CultureInfo.InvariantCulture))
        );
        return [Quantile(times, 0.5), Quantile(times, 0.99), Quantile(times, 0.999)];
    }

    /// <summary>A quote's inputs as the tensors that the trees take.</summary>
    static string Tensors(string body)
    {
        using var request = JsonDocument.Parse(body);
        var inputs = request
            .RootElement.GetProperty("inputs")
            .EnumerateObject()
            .Where(input => Features.Contains(input.Name))
            .Select(input =>
                $"{{\"name\":\"{input.Name}\",\"shape\":[1],\"datatype\":\"{(input.Value.ValueKind == JsonValueKind.String ? "BYTES" : "FP64")}\",\"data\":[{input.Value.GetRawText()}]}}"
            );
        return $"{{\"inputs\":[{string.Join(",", inputs)}]}}";
    }

    static readonly string[] Features =
        "driver_age licence_years bonus_malus density region vehicle_brand vehicle_fuel vehicle_age vehicle_power vehicle_value annual_mileage usage parking cover deductible prior_claims".Split(
            ' '
        );

    const string Scores = "/v2/models/risk-price-trees/infer";

    const string Path = $"/v1/decisions/{ServedProject.Decision}";

    static double Quantile(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
