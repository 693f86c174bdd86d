using Google.OrTools.LinearSolver;

namespace Halley.Optimization;

/// <summary>One person's whole roster as a column of the linear program.</summary>
/// <param name="Shifts">Shift or −1 by day.</param>
sealed record RosterColumn(int Person, int[] Shifts, double Cost);

/// <summary>The linear program over whole rosters: each person has one, cover is met or paid for.</summary>
/// <remarks>Row of a need: Σ columns on that shift + missing − too many = people needed.</remarks>
sealed class RosterMaster : IDisposable
{
    const string Parameters = "use_preprocessing: false";

    readonly Solver _solver = Solver.CreateSolver("GLOP");
    readonly Constraint[] _people;
    readonly Constraint?[,] _cover;
    readonly List<Variable> _variables = [];
    readonly RosterProblem _problem;

    internal RosterMaster(RosterProblem problem, double dearest)
    {
        _problem = problem;
        _solver.SetSolverSpecificParametersAsString(Parameters);
        var cost = _solver.Objective();
        cost.SetMinimization();
        _people = [.. problem.People.Select(_ => _solver.MakeConstraint(1, 1))];
        foreach (var person in _people)
            person.SetCoefficient(Slack(dearest), 1);
        _cover = new Constraint?[problem.Days, problem.Shifts.Count];
        foreach (var need in problem.Cover)
        {
            var row = _solver.MakeConstraint(need.People, need.People);
            row.SetCoefficient(Slack(need.UnderCost), 1);
            row.SetCoefficient(Slack(need.OverCost), -1);
            _cover[need.Day, problem.ShiftIndex(need.Shift)] = row;
        }

        Variable Slack(double price)
        {
            var slack = _solver.MakeNumVar(0, double.PositiveInfinity, "");
            cost.SetCoefficient(slack, price);
            return slack;
        }
    }

    internal List<RosterColumn> Columns { get; } = [];

    internal void Add(RosterColumn column)
    {
        var variable = _solver.MakeNumVar(0, double.PositiveInfinity, "");
        _solver.Objective().SetCoefficient(variable, column.Cost);
        _people[column.Person].SetCoefficient(variable, 1);
        for (var day = 0; day < column.Shifts.Length; day++)
        {
            if (column.Shifts[day] >= 0)
                _cover[day, column.Shifts[day]]?.SetCoefficient(variable, 1);
        }
        Columns.Add(column);
        _variables.Add(variable);
    }

    /// <summary>Forbids or allows a column.</summary>
    internal void Allow(int column, bool isAllowed) => _variables[column].SetUb(isAllowed ? double.PositiveInfinity : 0);

    /// <summary>Value of the program, prices of people and of cover, shares of the columns; null where it failed.</summary>
    internal (double Value, double[] People, double[,] Cover, double[] Shares)? Solve()
    {
        if (_solver.Solve() != Solver.ResultStatus.OPTIMAL)
            return null;
        var cover = new double[_problem.Days, _problem.Shifts.Count];
        for (var day = 0; day < _problem.Days; day++)
        {
            for (var shift = 0; shift < _problem.Shifts.Count; shift++)
                cover[day, shift] = _cover[day, shift]?.DualValue() ?? 0;
        }
        return (
            _solver.Objective().Value(),
            [.. _people.Select(person => person.DualValue())],
            cover,
            [.. _variables.Select(variable => variable.SolutionValue())]
        );
    }

    public void Dispose() => _solver.Dispose();
}
