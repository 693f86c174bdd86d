using System.Globalization;
using System.Text;
using Halley.Sources;

namespace Halley.Cli.Tests;

public class OptimiseTests
{
    /// <summary>A portfolio of 400 policies with logistic demand.</summary>
    static string Portfolio(TemporaryFolder folder, double lastChance = 0.8)
    {
        var text = new StringBuilder("policy_id,segment,premium,cost,keep,slope,floor\n");
        for (var i = 0; i < 400; i++)
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"p{i},{(i % 4 == 0 ? "young" : "other")},{300 + 7 * (i % 50)},{(300 + 7 * (i % 50)) * (0.65 + 0.001 * (i % 250))},{(i == 399 ? lastChance : 0.72 + 0.0008 * (i % 200))},{2 + 0.02 * (i % 300)},{(300 + 7 * (i % 50)) * 0.9}"
                )
            );
        return folder.File("book.csv", text.ToString());
    }

    static string PriceSpec(TemporaryFolder folder, string retention) =>
        folder.File(
            "prices.yaml",
            $$"""
            portfolio: {{Path.Combine(folder.Path, "book.csv")}}
            policy: policy_id
            premium: premium
            cost: cost
            chance: keep
            slope: slope
            floor: floor
            menu: { from: -0.2, to: 0.2, prices: 21 }
            limits:
              - { name: keep, kind: retention, at_least: {{retention}} }
              - { name: young, kind: average_change, at_most: 0.05, where: { column: segment, level: young } }
              - { name: claims, kind: loss_ratio, at_most: 0.79 }
              - { name: fair, kind: change_gap, at_most: 0.03, where: { column: segment, level: other }, against: { column: segment, level: young } }
            """
        );

    [Fact]
    public async Task Prices_keep_their_limits_and_say_what_they_cost()
    {
        using var folder = new TemporaryFolder();
        Portfolio(folder);
        var (plan, evidence) = (Path.Combine(folder.Path, "plan.csv"), Path.Combine(folder.Path, "evidence.json"));
        string[] arguments =
        [
            "optimise",
            "prices",
            PriceSpec(folder, "0.795"),
            "--out",
            plan,
            "--evidence",
            evidence,
            "--frontier",
            "keep",
            "--at",
            "0.80",
            "0.805",
            "--gap",
            "1e-5",
            "--json",
        ];
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, run.Output + run.Messages);
        var found = run.Json();
        Assert.InRange(found.GetProperty("gap").GetDouble(), 0, 1e-5);

        // The limits again, from the plan that was written.
        var table = TableReader.Read(plan);
        var (price, change, chance, profit) = (
            table.Numeric("price").Values.ToArray(),
            table.Numeric("change").Values.ToArray(),
            table.Numeric("chance").Values.ToArray(),
            table.Numeric("profit").Values.ToArray()
        );
        var premium = table.Numeric("premium").Values.ToArray();
        var cost = TableReader.Read(Path.Combine(folder.Path, "book.csv")).Numeric("cost").Values.ToArray();
        Assert.Equal(found.GetProperty("value").GetDouble(), profit.Sum(), 1e-3);
        Assert.Equal(price.Zip(chance, cost).Sum(one => one.Second * (one.First - one.Third)), profit.Sum(), 4.0);
        Assert.True(chance.Average() >= 0.795 - 1e-6);
        Assert.All(change, one => Assert.InRange(one, -0.1001, 0.2001));
        double Mean(Func<int, bool> counts) =>
            Enumerable.Range(0, 400).Where(counts).Sum(i => price[i] - premium[i])
            / Enumerable.Range(0, 400).Where(counts).Sum(i => premium[i]);
        Assert.True(Mean(i => i % 4 == 0) <= 0.05 + 1e-9);
        Assert.True(Mean(i => i % 4 != 0) - Mean(i => i % 4 == 0) <= 0.03 + 1e-9);
        var ratio = cost.Zip(chance).Sum(one => one.First * one.Second) / price.Zip(chance).Sum(one => one.First * one.Second);
        Assert.True(ratio <= 0.79 + 1e-6);
        var limits = found.GetProperty("limits").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal(chance.Average(), limits["keep"].GetProperty("reached").GetDouble(), 1e-6);
        Assert.Equal(ratio, limits["claims"].GetProperty("reached").GetDouble(), 1e-5);

        var frontier = found
            .GetProperty("frontier")
            .EnumerateArray()
            .Select(one => one.GetProperty("value").GetDouble())
            .ToArray();
        Assert.True(profit.Sum() > frontier[0] && frontier[0] > frontier[1]);
        Assert.Equal(3, found.GetProperty("robustness").GetArrayLength());
        Assert.Contains("\"at_least\": 0.795", await File.ReadAllTextAsync(evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_no_plan_keeps_are_named_and_end_with_1()
    {
        using var folder = new TemporaryFolder();
        Portfolio(folder);
        var run = await Command.RunAsync("optimise", "prices", PriceSpec(folder, "0.93"));
        Assert.Equal(1, run.Status);
        Assert.Contains(
            "no plan keeps these limits together: keep: alone would have to give",
            Command.Plain(run.Output),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_chance_that_is_none_is_named_with_its_policy()
    {
        using var folder = new TemporaryFolder();
        Portfolio(folder, lastChance: 1.2);
        var run = await Command.RunAsync("optimise", "prices", PriceSpec(folder, "0.795"));
        Assert.Equal(2, run.Status);
        Assert.Contains(
            "policy 'p399', column 'keep': 1.2: a chance lies between 0 and 1",
            Command.Plain(run.Messages),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Claims_go_to_handlers_and_each_says_why()
    {
        using var folder = new TemporaryFolder();
        var options = folder.File("pairs.csv", "claim,handler,cost,hours\nc1,ada,3,4\nc1,ben,5,4\nc2,ada,1,4\nc2,ben,4,4\n");
        var agents = folder.File("handlers.csv", "agent,capacity\nada,4\nben,8\n");
        var spec = folder.File(
            "assign.yaml",
            $"options: {options}\nitem: claim\nagent: handler\nvalue: cost\nuse: hours\nagents: {agents}\n"
        );
        var run = await Command.RunAsync("optimise", "assign", spec, "--json");
        Assert.True(run.Status == 0, run.Messages);
        var found = run.Json();
        Assert.Equal(6, found.GetProperty("value").GetDouble());
        Assert.True(found.GetProperty("proven").GetBoolean());
        Assert.Equal(
            ["c1 ben", "c2 ada"],
            found.GetProperty("choices").EnumerateArray().Select(one => $"{one.GetProperty("item")} {one.GetProperty("option")}")
        );

        File.WriteAllText(agents, "agent,capacity\nada,4\nben,3\n");
        var refused = await Command.RunAsync("optimise", "assign", spec);
        Assert.Equal(1, refused.Status);
        Assert.Contains("there is too little of:", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspections_fit_the_budget_and_offers_are_one_each()
    {
        using var folder = new TemporaryFolder();
        var items = folder.File("items.csv", "site,gain,money,days\na,10,5,1\nb,6,4,2\nc,5,3,1\n");
        var take = folder.File("take.yaml", $"options: {items}\nitem: site\nvalue: gain\ncapacities: {{ money: 8, days: 2 }}\n");
        var run = await Command.RunAsync("optimise", "knapsack", take, "--json");
        Assert.True(run.Status == 0, run.Messages);
        Assert.Equal(15, run.Json().GetProperty("value").GetDouble());

        var offers = folder.File(
            "offers.csv",
            "customer,offer,gain,money\nx,none,0,0\nx,gift,4,3\ny,none,0,0\ny,gift,5,3\ny,call,3,1\n"
        );
        var choose = folder.File(
            "choose.yaml",
            $"options: {offers}\nitem: customer\noption: offer\nvalue: gain\ncapacities: {{ money: 4 }}\n"
        );
        var plan = Path.Combine(folder.Path, "offers-plan.csv");
        var chosen = await Command.RunAsync("optimise", "knapsack", choose, "--json", "--out", plan);
        Assert.Equal(7, chosen.Json().GetProperty("value").GetDouble());
        Assert.Equal(2, TableReader.Read(plan).RowCount);
    }

    [Fact]
    public async Task A_roster_is_written_edited_checked_and_planned_again()
    {
        using var folder = new TemporaryFolder();
        var spec = folder.File(
            "roster.yaml",
            """
            first_day: 2026-06-01
            days: 7
            shifts:
              - { name: E, minutes: 480 }
              - { name: L, minutes: 480, not_before: [E] }
            contracts:
              full: { most_minutes: 2400, least_minutes: 1920, longest_run: 5, shortest_run: 2, shortest_rest: 2, most_weekends: 1 }
            """
        );
        folder.File("book/people.csv", "person,contract,E,L\nAda,full,,\nBen,full,,0\nCleo,full,,\n");
        folder.File("book/leave.csv", "person,from,to\nAda,2026-06-01,2026-06-02\n");
        folder.File("book/wishes.csv", "person,date,shift,wanted,weight\nCleo,2026-06-03,L,no,2\n");
        folder.File(
            "book/cover.csv",
            "date,shift,people,under,over\n"
                + string.Join('\n', Enumerable.Range(1, 7).Select(day => $"2026-06-0{day},E,1,50,1\n2026-06-0{day},L,1,50,1"))
                + "\n"
        );
        var (book, plan) = (Path.Combine(folder.Path, "book"), Path.Combine(folder.Path, "plan.xlsx"));
        var run = await Command.RunAsync("optimise", "roster", spec, "--book", book, "--out", plan, "--json");
        Assert.True(run.Status == 0, run.Messages);
        Assert.True(run.Json().GetProperty("proven").GetBoolean());

        var clean = await Command.RunAsync("optimise", "roster", spec, "--book", book, "--check", plan);
        Assert.True(clean.Status == 0, clean.Output + clean.Messages);
        Assert.Contains("every rule is kept", clean.Output, StringComparison.Ordinal);

        // A late shift for Ben, who can't.
        var sheets = SheetFile.Read(plan, new());
        var rows = sheets[0].Rows.Select(row => row.ToArray()).ToArray();
        rows[2][1] = new("L");
        var edited = Path.Combine(folder.Path, "edited.xlsx");
        SheetFile.Write([new("week 1", rows)], edited, new());
        var broken = await Command.RunAsync("optimise", "roster", spec, "--book", book, "--check", edited, "--json");
        Assert.Equal(1, broken.Status);
        Assert.Contains(
            broken.Json().GetProperty("broken").EnumerateArray(),
            one =>
                one.GetProperty("person").GetString() == "Ben"
                && one.GetProperty("date").GetString() == "2026-06-01"
                && one.GetProperty("rule").GetString() == "can't work L"
        );

        var again = await Command.RunAsync(
            "optimise",
            "roster",
            spec,
            "--book",
            book,
            "--current",
            plan,
            "--out-of",
            "Ben",
            "--from",
            "2026-06-04",
            "--json"
        );
        Assert.True(again.Status == 0, again.Messages);
        Assert.All(
            again.Json().GetProperty("changes").EnumerateArray(),
            one => Assert.True(string.CompareOrdinal(one.GetProperty("date").GetString(), "2026-06-04") >= 0)
        );
        var unknown = await Command.RunAsync("optimise", "roster", spec, "--book", book, "--current", plan, "--out-of", "Zoe");
        Assert.Equal(2, unknown.Status);
        Assert.Contains("there is no person 'Zoe'", Command.Plain(unknown.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_book_is_written_with_its_relativities()
    {
        using var folder = new TemporaryFolder();
        var book = Portfolio(folder);
        var spec = folder.File(
            "ratebook.yaml",
            $$"""
            prices:
              portfolio: {{book}}
              policy: policy_id
              premium: premium
              cost: cost
              chance: keep
              slope: slope
              limits:
                - { name: keep, kind: retention, at_least: 0.79 }
            factors:
              - column: segment
                levels: { other: 1.0, young: 1.2 }
                cap: 0.1
                order: rising
            rounding: 0.01
            """
        );
        var target = Path.Combine(folder.Path, "new.csv");
        var run = await Command.RunAsync("optimise", "ratebook", spec, "--out", target, "--json");
        Assert.True(run.Status == 0, run.Output + run.Messages);
        Assert.True(run.Json().GetProperty("is_within_limits").GetBoolean());
        Assert.True(run.Json().GetProperty("profit").GetDouble() > run.Json().GetProperty("profit_today").GetDouble());
        var written = TableReader.Read(target);
        Assert.Equal([1.0, 1.2], written.Numeric("today").Values.ToArray());
        Assert.All(written.Numeric("relativity").Values.ToArray(), one => Assert.Equal(Math.Round(one, 2), one, 1e-9));
    }

    /// <summary>A project whose decision prices quotes and knows the chance that they are taken.</summary>
    static async Task QuotesAsync(TemporaryFolder folder)
    {
        var text = new StringBuilder("quote_id,risk,market,price_to_market,taken\n");
        for (var i = 0; i < 2_000; i++)
        {
            var (risk, ratio) = (200 + i % 97 * 4, 0.8 + 0.4 * (i * 0.6180339887498949 % 1));
            var mean = 1 / (1 + Math.Exp(-(6 - 6 * ratio)));
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"q{i},{risk},{risk * (1.3 + 0.2 * (i % 5 / 4.0))},{ratio},{(i * 0.7548776662466927 % 1 < mean ? 1 : 0)}"
                )
            );
        }
        folder.File("quotes.csv", text.ToString());
        folder.File("data.yaml", "tables:\n  quotes: { file: quotes.csv, roles: { quote_id: id } }\n");
        folder.File(
            "models/conversion.yaml",
            "model: conversion\ndata: quotes\nlearner: glm\ntarget: taken\nfamily: binomial\nterms:\n  - number: price_to_market\nsplit: { test_share: 0.2, validation_share: 0.1, key: quote_id }\n"
        );
        folder.File(
            "decisions/quote.yaml",
            """
            decision: quote
            inputs:
              quote_id: { kind: text, role: id }
              risk: { kind: number, minimum: 1, maximum: 100000 }
              market: { kind: number, minimum: 1, maximum: 100000 }
            models:
              conversion: { model: conversion@latest, inputs: { price_to_market: premium / market } }
            steps:
              premium: { value: 1.4 * risk, floor: 300, cap: 6000 }
              expected_profit: conversion * (0.9 * premium - risk)
            eligibility:
              - { name: large, when: risk > 580, action: decline, reason: too large }
            outputs:
              premium: { value: premium, kind: money, currency: EUR, not_with: [decline] }
              conversion: { value: conversion }
              expected_profit: { value: expected_profit, kind: money, currency: EUR }
            """
        );
        var fitted = await Command.RunAsync("fit", "conversion", "--project", folder.Path);
        Assert.True(fitted.Status == 0, fitted.Messages);
    }

    [Fact]
    public async Task A_decision_gives_the_menus_and_its_bounds_hold_at_every_price()
    {
        using var folder = new TemporaryFolder();
        await QuotesAsync(folder);
        var spec = folder.File(
            "prices.yaml",
            """
            portfolio: quotes
            policy: quote_id
            menu: { from: -0.1, to: 0.1, prices: 5 }
            limits:
              - { name: keep, kind: retention, at_least: 0.4 }
              - { name: change, kind: average_change, at_most: 0.05 }
            """
        );
        var plan = Path.Combine(folder.Path, "plan.csv");
        string[] arguments =
        [
            "optimise",
            "prices",
            spec,
            "--decision",
            "quote",
            "--out",
            plan,
            "--project",
            folder.Path,
            "--gap",
            "1e-5",
            "--json",
        ];
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, run.Output + run.Messages);
        var found = run.Json();
        Assert.True(found.GetProperty("without_price").GetInt32() > 0);
        var table = TableReader.Read(plan);
        var (price, today, chance, profit) = (
            table.Numeric("price").Values.ToArray(),
            table.Numeric("today").Values.ToArray(),
            table.Numeric("chance").Values.ToArray(),
            table.Numeric("profit").Values.ToArray()
        );
        Assert.Equal(table.RowCount, found.GetProperty("policies").GetInt32());
        Assert.All(price, one => Assert.InRange(one, 300, 6000));
        Assert.True(price.Zip(today).Sum(one => one.First - one.Second) <= 0.05 * today.Sum() + 1e-6);
        Assert.True(chance.Average() >= 0.4 - 1e-6);
        // 90 % of the price is left after the commission; today's price is 1.4 times the risk, but at least 300.
        for (var row = 0; row < table.RowCount; row += 50)
        {
            if (today[row] > 300 + 1e-9)
                Assert.Equal(chance[row] * (0.9 * price[row] - today[row] / 1.4), profit[row], 0.02);
        }
    }

    [Fact]
    public async Task A_step_that_the_decision_lacks_is_named()
    {
        using var folder = new TemporaryFolder();
        await QuotesAsync(folder);
        var spec = folder.File("prices.yaml", "portfolio: quotes\npolicy: quote_id\ndecision: { name: quote, step: price }\n");
        var run = await Command.RunAsync("optimise", "prices", spec, "--project", folder.Path);
        Assert.Equal(2, run.Status);
        Assert.Contains(
            "decision 'quote' has no step 'price'. Steps: premium, expected_profit",
            Command.Plain(run.Messages),
            StringComparison.Ordinal
        );
    }
}
