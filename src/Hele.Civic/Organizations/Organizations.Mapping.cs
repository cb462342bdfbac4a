using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Columns, indexes, and the personal-data class of every column.</summary>
internal static class OrganizationsMapping
{
    private static Handling Honoured(string from) => new(
        ("记下谁得过什么荣誉", "that it is known who was honoured for what"),
        ("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整；公开姓名须本人同意", "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete; a name is public only with its bearer's word"),
        ("作为居务档案保存；期满由社区鉴定后处理", "as the affairs archive; when its time is over the community appraises it"), Expiry.By("retention.archive", from));

    private static readonly Handling Away = new(
        ("让居民和同事知道谁不在岗、谁代班", "that residents and colleagues know who is away and who stands in"),
        ("《个人信息保护法》第13条：履行法定职责、人力资源管理所必需", "PIPL art. 13: needed for public duties and for managing staff"),
        ("结束之后再保存一段时间", "for some time after it is over"), Expiry.By("retention.absence", nameof(Absence.To)));

    public static void Map(ModelBuilder model)
    {
        model.Entity<Honour>(e =>
        {
            e.ToTable("Honours");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Level).NotPersonal();
            e.Property(x => x.Title).HasMaxLength(Honour.TitleLength).Personal(("荣誉名称", "Name of the honour"), Honoured(nameof(Honour.AwardedOn)));
            e.Property(x => x.Issuer).HasMaxLength(Honour.IssuerLength).NotPersonal();
            e.Property(x => x.BodyId).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.NameAgreed).NotPersonal();
            e.Property(x => x.AwardedOn).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.WithdrawnOn).NotPersonal();
            e.Property(x => x.WithdrawnFor).HasMaxLength(Honour.ReasonLength).FreeText(("荣誉撤销的依据", "Why an honour was withdrawn"), Honoured(nameof(Honour.WithdrawnOn)));
            e.Property(x => x.WithdrawnAt).NotPersonal();
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.BodyId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.AwardedOn });
        });
        model.Entity<SeatDuty>(e =>
        {
            e.ToTable("SeatDuties");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.SeatId).NotPersonal();
            e.Property(x => x.Duty).HasMaxLength(30).NotPersonal();
            e.Property(x => x.Skill).HasMaxLength(30).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Seat>().WithMany().HasForeignKey(x => x.SeatId);
            e.HasIndex(x => new { x.JurisdictionId, x.SeatId });
        });
        model.Entity<Absence>(e =>
        {
            e.ToTable("Absences");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.Kind).Personal(("不在岗的原因（种类）", "Why they were away (its kind)"), Away);
            e.Property(x => x.StandInId).PersonReference();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.TakenBackOn).NotPersonal();
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.StandInId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId, x.To });
        });
        model.Entity<Body>(e =>
        {
            e.ToTable("Bodies");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Body.NameLength).NotPersonal();
            e.Property(x => x.ParentId).NotPersonal();
            e.Property(x => x.Speciality).HasMaxLength(Body.SpecialityLength).NotPersonal();
            e.Property(x => x.DutyPhone).HasMaxLength(Body.PhoneLength).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndedAt).NotPersonal();
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.ParentId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.Name }).IsUnique().HasFilter("\"To\" IS NULL");
        });
        model.Entity<BodyTerm>(e =>
        {
            e.ToTable("BodyTerms");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.BodyId).NotPersonal();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.Until).NotPersonal();
            e.Property(x => x.Size).NotPersonal();
            e.Property(x => x.Members).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.BodyId);
            e.HasIndex(x => new { x.JurisdictionId, x.BodyId, x.Number }).IsUnique();
        });
        model.Entity<BodyPlace>(e =>
        {
            e.ToTable("BodyPlaces");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.BodyId).NotPersonal();
            e.Property(x => x.GridId).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.BodyId);
            e.HasOne<Grid>().WithMany().HasForeignKey(x => x.GridId);
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasIndex(x => new { x.JurisdictionId, x.BodyId, x.GridId, x.BuildingId });
        });
        model.Entity<Seat>(e =>
        {
            e.ToTable("Seats");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.BodyId).NotPersonal();
            e.Property(x => x.Of).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.TermId).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.How).NotPersonal();
            e.Property(x => x.Households).NotPersonal();
            e.Property(x => x.BuildingId).NotPersonal();
            e.Property(x => x.DeclaredNoKin).NotPersonal();
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.Property(x => x.Ended).NotPersonal();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.EndedAt).NotPersonal();
            e.HasOne<Body>().WithMany().HasForeignKey(x => x.BodyId);
            e.HasOne<BodyTerm>().WithMany().HasForeignKey(x => x.TermId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Building>().WithMany().HasForeignKey(x => x.BuildingId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId });
            e.HasIndex(x => new { x.JurisdictionId, x.Of, x.Kind, x.From });
            // The last judges: nobody holds a seat twice, a body has one head, a building one lead.
            e.HasIndex(x => new { x.JurisdictionId, x.BodyId, x.PersonId, x.Kind }).IsUnique().HasFilter("\"To\" IS NULL");
            e.HasIndex(x => new { x.JurisdictionId, x.BodyId, x.Kind }).IsUnique().HasFilter("\"To\" IS NULL AND \"Kind\" = 'Head'");
            e.HasIndex(x => new { x.JurisdictionId, x.BuildingId }).IsUnique().HasFilter("\"To\" IS NULL AND \"BuildingId\" IS NOT NULL");
        });
    }
}
