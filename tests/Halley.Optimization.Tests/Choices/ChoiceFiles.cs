using System.Globalization;

namespace Halley.Optimization;

/// <summary>Public instances of assignment and knapsack problems, in their own layouts.</summary>
static class ChoiceFiles
{
    /// <summary>Agents, jobs; costs by agent; uses by agent; capacities.</summary>
    public static ChoiceProblem Gap(string path)
    {
        var numbers = new Numbers(path);
        var (agents, jobs) = ((int)numbers.Next(), (int)numbers.Next());
        var (costs, uses) = (numbers.Next(agents * jobs), numbers.Next(agents * jobs));
        return ChoiceProblem.Assignment(
            [.. Enumerable.Range(1, jobs).Select(job => $"job {job}")],
            [.. numbers.Next(agents).Select((capacity, agent) => new Resource($"agent {agent + 1}", capacity))],
            (agent, job) => costs[agent * jobs + job],
            (agent, job) => uses[agent * jobs + job]
        );
    }

    /// <summary>Items, constraints, known value; profits; weights by constraint; capacities.</summary>
    public static ChoiceProblem Mkp(string path)
    {
        var numbers = new Numbers(path);
        var (items, limits) = ((int)numbers.Next(), (int)numbers.Next());
        numbers.Next();
        var (profits, weights) = (numbers.Next(items), numbers.Next(items * limits));
        return ChoiceProblem.Knapsack(
            Enumerable
                .Range(0, items)
                .Select(i =>
                    ($"item {i + 1}", profits[i], Enumerable.Range(0, limits).Select(l => weights[l * items + i]).ToArray())
                ),
            Resources(numbers.Next(limits))
        );
    }

    /// <summary>Groups, items of a group, resources; capacities; by group its number and its items' value and uses.</summary>
    public static ChoiceProblem Mmkp(string path)
    {
        var numbers = new Numbers(path);
        var (groups, items, limits) = ((int)numbers.Next(), (int)numbers.Next(), (int)numbers.Next());
        var capacities = numbers.Next(limits);
        var choices = new List<ChoiceItem>();
        for (var group = 0; group < groups; group++)
        {
            numbers.Next();
            var options = new List<ChoiceOption>();
            for (var item = 0; item < items; item++)
                options.Add(new($"option {item + 1}", numbers.Next(), numbers.Next(limits)));
            choices.Add(new($"group {group + 1}", options));
        }
        return new(choices, Resources(capacities), IsCost: false);
    }

    /// <summary>CSV of segment, option, profit, weight.</summary>
    public static ChoiceProblem Mckp(string path, double capacity)
    {
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToArray();
        return new(
            [
                .. rows.GroupBy(row => row[0])
                    .Select(group => new ChoiceItem(
                        group.Key,
                        [.. group.Select(row => new ChoiceOption(row[1], Number(row[2]), [Number(row[3])]))]
                    )),
            ],
            Resources([capacity]),
            IsCost: false
        );
    }

    static Resource[] Resources(double[] capacities) =>
        [.. capacities.Select((capacity, l) => new Resource($"limit {l + 1}", capacity))];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Numbers of a text, wherever its lines break.</summary>
    sealed class Numbers(string path)
    {
        readonly string[] _words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int _at;

        public double Next() => Number(_words[_at++]);

        public double[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];
    }
}
