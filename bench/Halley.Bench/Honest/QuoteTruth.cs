using Halley.Kernels;

namespace Halley.Bench;

/// <summary>The expected differences of a world, by two million customers without the noise of outcomes.</summary>
/// <remarks>Indexed by week: over the decisions up to its end.</remarks>
sealed class QuoteTruth
{
    const int Blocks = 64;
    const int CustomersPerBlock = 31_250;

    /// <summary>Expected profit a unit under the challenger less that under the champion.</summary>
    public double[] PerUnit { get; }

    /// <summary>The same for each request that a champion answers.</summary>
    public double[] PerRequest { get; }

    /// <summary>Requests a unit under the champion.</summary>
    public double RequestsPerUnit { get; }

    /// <summary>Per unit of the second half.</summary>
    public double SecondHalf { get; }

    public QuoteTruth(QuoteWorld world)
    {
        var sums = new Sums[Blocks];
        Parallel.For(0, Blocks, block => sums[block] = Of(world, block));
        var all = new Sums();
        foreach (var block in sums)
            all.Add(block);
        if (Math.Abs(all.Error) > 4.5 * Math.Sqrt(all.ErrorSquares))
            throw new InvalidOperationException(
                "the releases' models do not expect what is true on average: a shadow pair can't hold."
            );
        PerUnit = Cumulative(all.Profit, all.Units);
        PerRequest = Cumulative(all.Pair, all.Requests);
        RequestsPerUnit = all.Requests.Sum() / all.Units.Sum();
        SecondHalf = all.Late.Profit / all.Late.Units;
    }

    sealed class Sums
    {
        public double[] Profit { get; } = new double[ValueScenario.Weeks];
        public double[] Units { get; } = new double[ValueScenario.Weeks];
        public double[] Pair { get; } = new double[ValueScenario.Weeks];
        public double[] Requests { get; } = new double[ValueScenario.Weeks];
        public (double Profit, double Units) Late { get; set; }
        public double Error { get; set; }
        public double ErrorSquares { get; set; }

        public void Add(Sums other)
        {
            for (var week = 0; week < ValueScenario.Weeks; week++)
            {
                Profit[week] += other.Profit[week];
                Units[week] += other.Units[week];
                Pair[week] += other.Pair[week];
                Requests[week] += other.Requests[week];
            }
            Error += other.Error;
            ErrorSquares += other.ErrorSquares;
            Late = (Late.Profit + other.Late.Profit, Late.Units + other.Late.Units);
        }
    }

    static Sums Of(QuoteWorld world, int block)
    {
        var random = CounterRandom.Generator(77, (ulong)block);
        var sums = new Sums();
        for (var i = 0; i < CustomersPerBlock; i++)
        {
            var customer = world.Draw(ref random);
            sums.Units[WeekOf(customer.Day)]++;
            var (stayChampion, stayChallenger) = (1.0, 1.0);
            for (var visit = 0; visit < world.Visits(customer); visit++)
            {
                var day = world.DayOf(customer, visit);
                if (day >= QuoteWorld.Days)
                    break;
                var (one, two) = (world.Ask(false, customer, visit), world.Ask(true, customer, visit));
                var difference = stayChallenger * two.Profit - stayChampion * one.Profit;
                sums.Profit[WeekOf(day)] += difference;
                // By what the models know: their expectation is the truth's, with less noise, which is checked.
                sums.Pair[WeekOf(day)] += stayChampion * (two.Expected - one.Expected);
                var error = stayChampion * (two.Profit - one.Profit - two.Expected + one.Expected);
                sums.Error += error;
                sums.ErrorSquares += error * error;
                sums.Requests[WeekOf(day)] += stayChampion;
                if (day >= QuoteWorld.Days / 2)
                    sums.Late = (sums.Late.Profit + difference, sums.Late.Units + 1);
                stayChampion *= one.Buys;
                stayChallenger *= two.Buys;
            }
        }
        return sums;
    }

    public static int WeekOf(double day) => Math.Min((int)(day / 7), ValueScenario.Weeks - 1);

    static double[] Cumulative(double[] above, double[] below)
    {
        var (a, b) = (0.0, 0.0);
        var found = new double[ValueScenario.Weeks];
        for (var week = 0; week < found.Length; week++)
        {
            a += above[week];
            b += below[week];
            found[week] = a / b;
        }
        return found;
    }
}
