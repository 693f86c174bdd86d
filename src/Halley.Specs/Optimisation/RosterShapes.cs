using Halley.Optimization;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>A file of <c>halley optimise roster</c>: horizon, shifts and contracts.</summary>
static class RosterShapes
{
    static readonly Shape<ShiftKind> Shift = new ObjectShape<ShiftKind>(
        "a shift",
        [
            Required("name", Text, "Short name, as it stands in the plan's cells."),
            Required("minutes", Whole(1, 1_440), "Length in minutes."),
            Optional("not_before", Texts, "Shifts that may not stand on the day after this one."),
        ],
        values => new(values.Get<string>("name"), values.Get<int>("minutes"), values.Or<IReadOnlyList<string>>("not_before", []))
    );

    static readonly Shape<RosterContract> Contract = new ObjectShape<RosterContract>(
        "a contract",
        [
            Required("most_minutes", Whole(0), "Most minutes of work over the horizon."),
            Optional("least_minutes", Whole(0), "Least minutes of work. Default 0."),
            Required("longest_run", Whole(1), "Most days of work in a row."),
            Optional("shortest_run", Whole(1), "Least days of work in a row. Default 1."),
            Optional("shortest_rest", Whole(1), "Least days off in a row. Default 1."),
            Required("most_weekends", Whole(0), "Most weekends with work on either day."),
        ],
        values =>
            new()
            {
                MaximumShifts = new Dictionary<string, int>(),
                MaximumMinutes = values.Get<int>("most_minutes"),
                MinimumMinutes = values.Or("least_minutes", 0),
                MaximumRun = values.Get<int>("longest_run"),
                MinimumRun = values.Or("shortest_run", 1),
                MinimumRest = values.Or("shortest_rest", 1),
                MaximumWeekends = values.Get<int>("most_weekends"),
            }
    );

    /// <summary>The whole file.</summary>
    public static Shape<RosterSpec> Roster { get; } =
        new ObjectShape<RosterSpec>(
            "a roster",
            [
                Required("first_day", Date, "First day of the horizon."),
                Required("days", Whole(1, 366), "Days of the horizon."),
                Required("shifts", ListOf(Shift), "Kinds of shifts."),
                Required("contracts", MapOf(Contract), "Contracts by name; the people's sheet says who has which."),
            ],
            values =>
                new()
                {
                    FirstDay = values.Get<DateOnly>("first_day"),
                    Days = values.Get<int>("days"),
                    Shifts = values.Get<IReadOnlyList<ShiftKind>>("shifts"),
                    Contracts = values.Get<IReadOnlyList<KeyValuePair<string, RosterContract>>>("contracts"),
                }
        );
}
