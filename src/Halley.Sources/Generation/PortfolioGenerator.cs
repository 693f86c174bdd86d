using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>Generates contracts block by block, then quotes, straight into columns.</summary>
sealed class PortfolioGenerator(PortfolioOptions options, IProgress<FitProgress>? progress, CancellationToken cancellation)
{
    const double Malus = 1.25;
    const double Bonus = 0.95;

    readonly PortfolioTruth truth = new(options);
    readonly MonthlyTotals months = new(options);
    int contractsDone;

    public Portfolio Generate()
    {
        // 1. Count the rows of every block of contracts, so that each block knows where to write.
        var firstRows = FirstRows();
        // 2. Draw contracts, their policy years and claims.
        var totals = new double[months.Length];
        var policies = new RecordTable<PolicyRow>(PolicyRow.Layout, firstRows[^1]);
        var claims = Contracts(firstRows, policies, totals);
        // 3. Draw quotes.
        var quotes = Quotes(totals);
        return new()
        {
            Options = options,
            Policies = policies.Build(options.Threads),
            Claims = claims,
            Quotes = quotes,
            Monthly = months.Build(totals),
        };
    }

    /// <summary>First row of every block of contracts, and the number of rows.</summary>
    int[] FirstRows()
    {
        var counts = RowBlocks.Map(options.Policies, options.Threads, RowsOf, cancellation);
        var firstRows = new int[counts.Length + 1];
        for (var block = 0; block < counts.Length; block++)
            firstRows[block + 1] = checked(firstRows[block] + counts[block]);
        return firstRows;
    }

    int RowsOf(RowBlock block)
    {
        var count = 0;
        for (var contract = block.Start; contract < block.End; contract++)
            count += Contract.SeenYears(options, contract);
        return count;
    }

    Table Contracts(int[] firstRows, RecordTable<PolicyRow> policies, double[] totals)
    {
        var claimsOf = new List<ClaimRow>[firstRows.Length - 1];
        RowBlocks.Accumulate(
            options.Policies,
            options.Threads,
            totals,
            (block, partial) =>
            {
                var (row, claims) = (firstRows[block.Index], new List<ClaimRow>());
                for (var contract = block.Start; contract < block.End; contract++)
                    Follow(contract, policies, claims, partial, ref row);
                claimsOf[block.Index] = claims;
                var done = Interlocked.Add(ref contractsDone, block.Count);
                progress?.Report(new("policies and claims", 0.7 * done / options.Policies));
            },
            cancellation
        );
        return ClaimTable(claimsOf);
    }

    /// <summary>A contract through its policy years: bonus and recent claims follow from what happens.</summary>
    void Follow(int index, RecordTable<PolicyRow> policies, List<ClaimRow> claims, Span<double> partial, ref int row)
    {
        var contract = Contract.Draw(options, index, out var random);
        var history = contract.History;
        var (bonusMalus, priorClaims) = contract.Past;
        for (var year = history.FirstYear; year <= history.LastYear; year++)
        {
            var (from, to) = history.Period(year, options);
            if (to == from)
                break;
            var risk = contract.Profile.At(from, year, bonusMalus, priorClaims);
            var policy = new PolicyRow
            {
                PolicyId = index + 1L,
                CustomerId = Contract.CustomerOf(index) + 1,
                InceptionDay = history.Inception.DayNumber,
                FromDay = from,
                ToDay = to,
                ExposureYears = history.ExposureYears(year, from, to),
                Premium = Tariff.Premium(risk),
                Risk = risk,
            };
            var (claimCount, claimTotal) = Claims(ref random, policy, claims, partial);
            policy = policy with { ClaimCount = claimCount, ClaimTotal = claimTotal };
            months.AddPeriod(partial, policy);
            policies.Set(row++, policy);
            (bonusMalus, priorClaims) = After(ref random, bonusMalus, priorClaims, claimCount);
        }
    }

    (int Count, double Total) Claims(
        ref DeterministicRandom random,
        in PolicyRow policy,
        List<ClaimRow> claims,
        Span<double> partial
    )
    {
        var calendar = truth.Calendar;
        var count = random.NextPoisson(PortfolioTruth.Frequency(policy.Risk) * calendar.Intensity(policy.FromDay, policy.ToDay));
        var total = 0.0;
        for (var number = 0; number < count; number++)
        {
            var day = calendar.DayAt(policy.FromDay, policy.ToDay, random.NextDouble());
            var facts = ClaimSampler.Draw(ref random, policy.Risk, day, day - policy.InceptionDay, calendar.AmountLevel(day));
            var claim = new ClaimRow
            {
                PolicyId = policy.PolicyId,
                PeriodFromDay = policy.FromDay,
                OccurrenceDay = day,
                Facts = facts,
                IsFraud = random.NextDouble() < PortfolioTruth.FraudProbability(facts),
                Amount = ClaimSampler.Amount(ref random, facts),
            };
            total += claim.Amount;
            claims.Add(claim);
            months.AddClaim(partial, claim);
        }
        return (count, total);
    }

    static (double BonusMalus, double PriorClaims) After(
        ref DeterministicRandom random,
        double bonusMalus,
        double priorClaims,
        int claimCount
    )
    {
        // A third of the older claims leave the three years every year.
        var kept = priorClaims > 0 && random.NextDouble() < 1.0 / 3 ? priorClaims - 1 : priorClaims;
        var factor = claimCount == 0 ? Bonus : VectorMath.Pow(Malus, claimCount);
        return (Math.Clamp(Math.Floor(bonusMalus * factor), 50, 200), Math.Min(kept + claimCount, 5));
    }

    Table ClaimTable(List<ClaimRow>[] claimsOf)
    {
        var firstRows = new int[claimsOf.Length + 1];
        for (var block = 0; block < claimsOf.Length; block++)
            firstRows[block + 1] = firstRows[block] + claimsOf[block].Count;
        var table = new RecordTable<ClaimRow>(ClaimRow.Layout, firstRows[^1]);
        WorkItems.For(
            claimsOf.Length,
            options.Threads,
            block =>
            {
                for (var i = 0; i < claimsOf[block].Count; i++)
                    table.Set(firstRows[block] + i, claimsOf[block][i] with { ClaimId = firstRows[block] + i + 1L });
                claimsOf[block] = [];
            },
            cancellation
        );
        return table.Build(options.Threads);
    }

    Table Quotes(double[] totals)
    {
        var count = (int)Math.Min(Math.Round(options.Policies * options.QuotesPerPolicy), int.MaxValue / 2);
        var table = new RecordTable<QuoteRow>(QuoteRow.Layout, count);
        var done = 0;
        RowBlocks.Accumulate(
            count,
            options.Threads,
            totals,
            (block, partial) =>
            {
                for (var index = block.Start; index < block.End; index++)
                {
                    var quote = Quote(index, count);
                    table.Set(index, quote);
                    months.AddQuote(partial, quote);
                }
                progress?.Report(new("quotes", 0.7 + 0.3 * Interlocked.Add(ref done, block.Count) / count));
            },
            cancellation
        );
        return table.Build(options.Threads);
    }

    /// <summary>Quotes come in the order of their days, evenly over the portfolio's time.</summary>
    QuoteRow Quote(int index, int count)
    {
        var random = Streams.Quote(options.Seed, index);
        var days = options.End.DayNumber - options.Start.DayNumber;
        var day = options.Start.DayNumber + (int)((long)index * days / count);
        var facts = QuoteSampler.Draw(ref random, day, truth.Calendar.AmountLevel(day));
        var arm = PriceTest.Arm(random.NextDouble());
        var tariff = Tariff.Premium(facts.Risk);
        var offered = Math.Round(tariff * PriceTest.Factor(arm), 2);
        return new()
        {
            QuoteId = index + 1L,
            Day = day,
            Facts = facts,
            Arm = arm,
            TariffPremium = tariff,
            OfferedPremium = offered,
            IsConverted = random.NextDouble() < PortfolioTruth.ConversionProbability(facts, offered),
        };
    }
}
